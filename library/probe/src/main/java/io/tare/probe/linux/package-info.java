/** What Linux tells a process about itself: /proc/self and the cgroup files, parsed from their text. */
@NullMarked
package io.tare.probe.linux;

import org.jspecify.annotations.NullMarked;
