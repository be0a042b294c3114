/**
 * The files of {@code /proc/PID} and {@code /proc}, and the artefacts that Tare makes of them. Read {@link
 * io.tare.formats.proc.SmapsText} first.
 */
@NullMarked
package io.tare.formats.proc;

import org.jspecify.annotations.NullMarked;
