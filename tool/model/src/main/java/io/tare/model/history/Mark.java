package io.tare.model.history;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A labelled moment of a run.
 *
 * @param source
 *            who set it: {@code page} (the program, through its marks file), {@code command} ({@code tare mark}) or {@code log} (a line of output)
 */
public record Mark(Instant at, String label, OptionalLong items, String source) {
  /** The same at another moment. */
  public Mark at(Instant moment) {
    return new Mark(moment, label, items, source);
  }
}
