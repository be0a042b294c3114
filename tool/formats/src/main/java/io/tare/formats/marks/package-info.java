/** The file in which a process keeps its labelled moments ({@code docs/marks-format.md}). Read {@link io.tare.formats.marks.MarksBytes}. */
@NullMarked
package io.tare.formats.marks;

import org.jspecify.annotations.NullMarked;
