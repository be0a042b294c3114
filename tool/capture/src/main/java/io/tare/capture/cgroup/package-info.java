/**
 * The memory groups that a process is charged to. Read {@link io.tare.capture.cgroup.CgroupCollector} first.
 */
@NullMarked
package io.tare.capture.cgroup;

import org.jspecify.annotations.NullMarked;
