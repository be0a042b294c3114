/** Reads the marks that a process leaves in a file of its own. Read {@link io.tare.capture.marks.MarksReader}. */
@NullMarked
package io.tare.capture.marks;

import org.jspecify.annotations.NullMarked;
