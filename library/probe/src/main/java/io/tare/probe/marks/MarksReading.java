package io.tare.probe.marks;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a marks file said at one moment: the process that writes it, the marks still in the ring, oldest first, and how many
 * records could not be accepted because they were being written (or were left half-written by a writer that died).
 */
public record MarksReading(long pid, Optional<Instant> processStart, List<Mark> marks, Counts counts) {

  /** How many tickets were given out, marks dropped because the ring was busy, and records not accepted in this reading. */
  public record Counts(long ticketsGiven, long marksSkipped, int recordsNotAccepted) {}

  public MarksReading {
    marks = List.copyOf(marks);
  }

  /** The marks with a number above this one: what is new since an earlier reading. */
  public List<Mark> after(long number) {
    return marks.stream().filter(mark -> mark.number() > number).toList();
  }
}
