/**
 * The marks file: a small ring of labelled moments that other processes can read without touching this one. The format is
 * docs/marks-format.md. Reading order: {@link io.tare.probe.marks.MarksLayout}, {@link io.tare.probe.marks.MarksRing},
 * {@link io.tare.probe.marks.MarksFile}.
 */
@NullMarked
package io.tare.probe.marks;

import org.jspecify.annotations.NullMarked;
