package io.tare.report.difference;

import io.tare.model.history.BudgetCheck;
import io.tare.model.history.BudgetCheck.Line;
import io.tare.model.history.BudgetCheck.Outcome;
import io.tare.report.look.Clean;
import io.tare.report.look.Count;
import io.tare.report.look.Format;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.JsonWriter;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.List;

/** A budget's outcome, a line for each of its rules, for people and for the programs that gate a build. */
public final class CheckReport {
  private static final int RULE = 36;

  private CheckReport() {}

  public static String render(BudgetCheck check, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> text(check, options);
      case JSON -> json(check);
      case HTML -> page(check);
      case OPENMETRICS, CSV -> throw new IllegalArgumentException("a budget's outcome has no such form");
    };
  }

  private static String text(BudgetCheck check, TextOptions options) {
    Page page = new Page(options);
    page.line().fit(page.width(), check.target(), Style.BOLD);
    for (Line line : check.lines()) {
      Style style = switch (line.outcome()) {
        case KEPT -> Style.GREEN;
        case BROKEN -> Style.RED;
        case CANNOT_TELL -> Style.YELLOW;
      };
      String word = line.outcome() == Outcome.BROKEN ? "BROKEN" : word(line.outcome());
      page.line().add("  " + word, style).to(15).fit(15 + RULE, line.rule(), Style.BOLD);
      page.prose("    ", line.words(), Style.PLAIN);
    }
    return page.print();
  }

  /** As {@code tare.check/1}. */
  private static String json(BudgetCheck check) {
    JsonWriter json = new JsonWriter().beginObject().field("schema", "tare.check/1").field("target", check.target())
        .beginArray("lines");
    check.lines().forEach(line -> json.beginObject().field("rule", line.rule())
        .field("outcome", JsonWriter.word(line.outcome())).field("words", line.words()).endObject());
    return json.endArray().endObject().finish();
  }

  /** What was not kept comes first. */
  private static String page(BudgetCheck check) {
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

  private static long count(BudgetCheck check, Outcome outcome) {
    return check.lines().stream().filter(line -> line.outcome() == outcome).count();
  }

  /** A line for each rule that was not kept, as a GitHub workflow reads it: {@code ::error title=memory budget::…}. */
  public static String annotations(BudgetCheck check) {
    StringBuilder text = new StringBuilder();
    check.lines().stream().filter(line -> line.outcome() != Outcome.KEPT)
        .forEach(line -> text.append(line.outcome() == Outcome.BROKEN ? "::error" : "::warning")
            .append(" title=memory budget::").append(escaped(check.target() + ": " + line.rule() + ": " + line.words()))
            .append('\n'));
    return text.toString();
  }

  /** A message ends with its line, and begins no command of its own. */
  private static String escaped(String text) {
    return Clean.line(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  /** As JUnit's test suite: a broken line is a failure, one that can't be told is an error. */
  public static String junit(BudgetCheck check) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"tare check ")
        .append(xml(check.target())).append("\" tests=\"").append(check.lines().size()).append("\" failures=\"")
        .append(count(check, Outcome.BROKEN)).append("\" errors=\"").append(count(check, Outcome.CANNOT_TELL))
        .append("\" skipped=\"0\">\n");
    check.lines().forEach(line -> xml.append("  <testcase classname=\"tare.budget\" name=\"").append(xml(line.rule()))
        .append("\">").append(switch (line.outcome()) {
          case KEPT -> "<system-out>" + xml(line.words()) + "</system-out>";
          case BROKEN -> "<failure message=\"" + xml(line.words()) + "\"/>";
          case CANNOT_TELL -> "<error message=\"" + xml(line.words()) + "\"/>";
        }).append("</testcase>\n"));
    return xml.append("</testsuite>\n").toString();
  }

  private static String xml(String text) {
    return Clean.line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
