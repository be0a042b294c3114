/**
 * Capture files: saved, reopened, with paths taken out. Read {@link io.tare.capture.file.CaptureWriter} first.
 */
@NullMarked
package io.tare.capture.file;

import org.jspecify.annotations.NullMarked;
