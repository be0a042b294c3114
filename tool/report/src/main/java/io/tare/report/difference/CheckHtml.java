package io.tare.report.difference;

import io.tare.model.history.BudgetCheck;
import io.tare.model.history.BudgetCheck.Outcome;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import java.util.List;

/** A budget's outcome as a page: what was not kept first. */
public final class CheckHtml {
  private CheckHtml() {}

  public static String render(BudgetCheck check) {
    HtmlPage page = HtmlPage.plain("Budget of " + check.target());
    Html html = page.begin();
    HtmlPage.head(html, new Head("checks a budget", check.target(), List.of(count(check, Outcome.KEPT) + " kept",
        count(check, Outcome.BROKEN) + " broken", count(check, Outcome.CANNOT_TELL) + " not told"), sentence(check)));
    html.open("section").leaf("h2", "Line by line").wideTable("the budget",
        List.of("Outcome", "Line", "What was found"));
    for (Outcome outcome : List.of(Outcome.BROKEN, Outcome.CANNOT_TELL, Outcome.KEPT)) {
      check.lines().stream().filter(line -> line.outcome() == outcome).forEach(line -> html.open("tr").open("td")
          .leaf("i", "tag " + tone(outcome), word(outcome)).close().open("td").leaf("code", line.rule()).close()
          .leaf("td", line.words()).close().newLine());
    }
    html.endWideTable().close().newLine();
    return page.end(html.close().newLine());
  }

  private static long count(BudgetCheck check, Outcome outcome) {
    return check.lines().stream().filter(line -> line.outcome() == outcome).count();
  }

  private static String sentence(BudgetCheck check) {
    long broken = count(check, Outcome.BROKEN);
    if (broken > 0) {
      return "The budget is broken: " + Count.of(broken, "line") + " of " + check.lines().size() + ".";
    }
    return check.has(Outcome.CANNOT_TELL)
        ? "Nothing is broken, but not every line can be told."
        : "The budget is kept.";
  }

  private static String tone(Outcome outcome) {
    return switch (outcome) {
      case KEPT -> "good";
      case BROKEN -> "bad";
      case CANNOT_TELL -> "open";
    };
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case KEPT -> "kept";
      case BROKEN -> "broken";
      case CANNOT_TELL -> "cannot tell";
    };
  }
}
