package io.tare.model.history;

import java.util.ArrayList;
import java.util.List;

/** A process held against its budget, line by line. */
public record BudgetCheck(String target, List<Line> lines) {
  public BudgetCheck {
    lines = List.copyOf(lines);
  }

  /** Several of them as one: every line says whose it is. */
  public static BudgetCheck all(List<String> names, List<BudgetCheck> checks) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      String name = names.get(i);
      checks.get(i).lines().forEach(line -> lines.add(new Line(name + ": " + line.rule(), line.outcome(),
          line.words())));
    }
    return new BudgetCheck(String.join(", ", names), lines);
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
