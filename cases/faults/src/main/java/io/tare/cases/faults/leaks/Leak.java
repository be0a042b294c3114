package io.tare.cases.faults.leaks;

import java.util.List;

/**
 * One way to leak.
 *
 * @param suspect what the first suspect's words have to contain, in this order: field and way, as {@code tare heap} writes them
 * @param piledUp the class of what piles up there
 */
public record Leak(String name, String sentence, List<String> suspect, String piledUp, Program program) {
  public Leak {
    suspect = List.copyOf(suspect);
  }

  /** Leaks as much as it is going to. */
  @FunctionalInterface
  public interface Program {
    void leak() throws Exception;
  }
}
