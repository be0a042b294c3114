package io.tare.formats;

import io.tare.model.Problem;
import java.util.List;

/** What a parser got out of its input: the value, and what in the input it had to leave out. */
public record Parsed<T>(T value, List<Problem> problems) {
  public Parsed {
    problems = List.copyOf(problems);
  }

  public static <T> Parsed<T> of(T value) {
    return new Parsed<>(value, List.of());
  }
}
