package io.tare.report.text;

import io.tare.model.history.BudgetCheck;
import io.tare.report.TextOptions;

/** A budget's outcome, a line for each of its rules. */
public final class CheckText {
  private static final int RULE = 36;

  private CheckText() {}

  public static String render(BudgetCheck check, TextOptions options) {
    Page page = new Page(options);
    page.line().fit(page.width(), check.target(), Style.BOLD);
    for (BudgetCheck.Line line : check.lines()) {
      Style style = switch (line.outcome()) {
        case KEPT -> Style.GREEN;
        case BROKEN -> Style.RED;
        case CANNOT_TELL -> Style.YELLOW;
      };
      String word = switch (line.outcome()) {
        case KEPT -> "kept";
        case BROKEN -> "BROKEN";
        case CANNOT_TELL -> "cannot tell";
      };
      page.line().add("  " + word, style).to(15).fit(15 + RULE, line.rule(), Style.BOLD);
      page.prose("    ", line.words(), Style.PLAIN);
    }
    return page.print();
  }
}
