/**
 * The files of /proc, cheap glances at all processes, and finding a process by its name. Read {@link io.tare.capture.proc.ProcessFolder} first.
 */
@NullMarked
package io.tare.capture.proc;

import org.jspecify.annotations.NullMarked;
