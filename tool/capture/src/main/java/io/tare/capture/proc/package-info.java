/**
 * The files of {@code /proc/PID}, a class each, and what must be known to read them: who the process is, until when, and whether a read
 * hangs. Read {@link io.tare.capture.proc.ProcessFolder} first.
 */
@NullMarked
package io.tare.capture.proc;

import org.jspecify.annotations.NullMarked;
