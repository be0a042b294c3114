/**
 * What the container charges. Read {@link io.tare.model.cgroup.CgroupReading} first.
 */
@NullMarked
package io.tare.model.cgroup;

import org.jspecify.annotations.NullMarked;
