package io.tare.formats.marks;

import java.util.List;
import java.util.OptionalLong;

/**
 * One mark of a {@link MarksPage}.
 *
 * @param ticket counts the marks of the process
 * @param offset where in the file the record stands
 * @param stats what the process said of itself, in the order of {@link MarksBytes#STATS}; empty when it said nothing
 */
public record PageMark(long ticket, int offset, long epochNanos, String label, OptionalLong items, List<Long> stats) {
  public PageMark {
    stats = List.copyOf(stats);
  }
}
