package io.tare.report.text;

import io.tare.model.Problem;
import io.tare.model.report.Report;
import io.tare.report.view.Headline;
import io.tare.report.words.Count;
import java.util.List;

/** What is missing and how to unlock it, what could not be read, and what looking cost. */
final class ClosingPart {
  private static final int PROBLEMS_SHOWN = 8;

  private ClosingPart() {}

  static void write(Page page, Report report) {
    if (!report.notes().isEmpty()) {
      page.heading("MISSING", "and what would unlock it");
      report.notes().forEach(note -> page.prose("  - ", note, Style.PLAIN));
    }
    problems(page, report.problems());
    page.blank();
    page.prose("", Headline.observer(report, page.units()), Style.FAINT);
  }

  private static void problems(Page page, List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    page.heading("PROBLEMS", "what could not be read as it should be");
    int shown = page.showsAll() ? problems.size() : Math.min(problems.size(), PROBLEMS_SHOWN);
    for (Problem problem : problems.subList(0, shown)) {
      String where = problem.where().isBlank() ? "" : " (" + problem.where() + ")";
      page.prose("  - ", problem.artifact() + where + ": " + problem.message(), Style.PLAIN);
    }
    if (shown < problems.size()) {
      page.line().add("  and " + Count.grouped(problems.size() - shown) + " more; --all prints them", Style.FAINT);
    }
  }
}
