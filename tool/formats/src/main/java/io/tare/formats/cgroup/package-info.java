/**
 * The files of control groups, versions 1 and 2. Read {@link io.tare.formats.cgroup.CgroupText} first.
 */
@NullMarked
package io.tare.formats.cgroup;

import org.jspecify.annotations.NullMarked;
