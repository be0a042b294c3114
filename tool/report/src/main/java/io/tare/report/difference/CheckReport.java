package io.tare.report.difference;

import io.tare.model.history.BudgetCheck;
import io.tare.report.look.Clean;
import io.tare.report.look.JsonWriter;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;

/** A budget's outcome, a line for each of its rules: for a terminal, and as {@code tare.check/1}. */
public final class CheckReport {
  private static final int RULE = 36;

  private CheckReport() {}

  public static String text(BudgetCheck check, TextOptions options) {
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

  /** A line for each rule that was not kept, as a GitHub workflow reads it: {@code ::error title=memory budget::…}. */
  public static String annotations(BudgetCheck check) {
    StringBuilder text = new StringBuilder();
    check.lines().stream().filter(line -> line.outcome() != BudgetCheck.Outcome.KEPT)
        .forEach(line -> text.append(line.outcome() == BudgetCheck.Outcome.BROKEN ? "::error" : "::warning")
            .append(" title=memory budget::").append(escaped(check.target() + ": " + line.rule() + ": " + line.words()))
            .append('\n'));
    return text.toString();
  }

  /** A message ends with its line, and begins no command of its own. */
  private static String escaped(String text) {
    return Clean.line(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  public static String json(BudgetCheck check) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.check/1").field("target", check.target())
        .beginArray("lines");
    check.lines().forEach(line -> json.beginObject().field("rule", line.rule())
        .field("outcome", JsonWriter.word(line.outcome())).field("words", line.words()).endObject());
    return json.endArray().endObject().finish();
  }
}
