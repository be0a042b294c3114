package io.tare.model.history;

import java.util.List;

/** A process held against its budget, line by line. */
public record BudgetCheck(String target, List<Line> lines) {
  public BudgetCheck {
    lines = List.copyOf(lines);
  }

  /** What came of one line. */
  public enum Outcome {
    KEPT, BROKEN, CANNOT_TELL
  }

  /**
   * One line of the budget.
   *
   * @param rule as it was written
   * @param words what was found, in a sentence
   */
  public record Line(String rule, Outcome outcome, String words) {}

  public boolean has(Outcome outcome) {
    return lines.stream().anyMatch(line -> line.outcome() == outcome);
  }
}
