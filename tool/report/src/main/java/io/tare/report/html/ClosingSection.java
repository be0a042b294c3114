package io.tare.report.html;

import io.tare.model.report.Report;
import io.tare.report.view.Headline;
import io.tare.report.words.Units;

/** What is missing and how to unlock it, what could not be read, and what looking cost. */
final class ClosingSection {
  private ClosingSection() {}

  static void write(Html html, Report report, Units units) {
    if (!report.notes().isEmpty()) {
      html.open("section").leaf("h2", "What is missing, and what would unlock it").open("ul");
      report.notes().forEach(note -> html.leaf("li", note));
      html.close().close().newLine();
    }
    if (!report.problems().isEmpty()) {
      html.open("section").leaf("h2", "What could not be read as it should be").open("ul");
      report.problems().forEach(problem -> html.open("li").leaf("code", problem.artifact())
          .text((problem.where().isBlank() ? "" : " (" + problem.where() + ")") + ": " + problem.message()).close());
      html.close().close().newLine();
    }
    html.open("footer").leaf("p", Headline.observer(report, units));
    html.leaf("p", "A single reading never proves a leak: a leak is growth of net over time.").close().newLine();
  }
}
