package io.tare.report.difference;

import io.tare.model.history.BudgetCheck;
import io.tare.model.history.BudgetCheck.Line;
import io.tare.model.history.BudgetCheck.Outcome;
import io.tare.report.look.Clean;

/** A budget's outcome as a test suite: a broken line is a failure, one that can't be told is an error. */
public final class CheckXml {
  private CheckXml() {}

  public static String render(BudgetCheck check) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"tare check ");
    escape(xml, check.target());
    xml.append("\" tests=\"").append(check.lines().size()).append("\" failures=\"").append(count(check, Outcome.BROKEN))
        .append("\" errors=\"").append(count(check, Outcome.CANNOT_TELL)).append("\" skipped=\"0\">\n");
    check.lines().forEach(line -> line(xml, line));
    return xml.append("</testsuite>\n").toString();
  }

  private static long count(BudgetCheck check, Outcome outcome) {
    return check.lines().stream().filter(line -> line.outcome() == outcome).count();
  }

  private static void line(StringBuilder xml, Line line) {
    xml.append("  <testcase classname=\"tare.budget\" name=\"");
    escape(xml, line.rule());
    xml.append("\">");
    switch (line.outcome()) {
      case KEPT -> element(xml, "system-out", line.words());
      case BROKEN -> message(xml, "failure", line.words());
      case CANNOT_TELL -> message(xml, "error", line.words());
    }
    xml.append("</testcase>\n");
  }

  private static void element(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append('>');
    escape(xml, text);
    xml.append("</").append(name).append('>');
  }

  private static void message(StringBuilder xml, String name, String text) {
    xml.append('<').append(name).append(" message=\"");
    escape(xml, text);
    xml.append("\"/>");
  }

  private static void escape(StringBuilder xml, String text) {
    Clean.line(text).codePoints().forEach(c -> {
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '"' -> xml.append("&quot;");
        default -> xml.appendCodePoint(c);
      }
    });
  }
}
