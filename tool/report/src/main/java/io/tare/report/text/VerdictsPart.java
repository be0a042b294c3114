package io.tare.report.text;

import io.tare.model.report.Figure;
import io.tare.model.report.Report;
import io.tare.model.report.Verdict;
import io.tare.report.view.Headline;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What applies, strongest first; what can't be told, and what it needs; what was checked and does not apply, in one line. */
final class VerdictsPart {
  private VerdictsPart() {}

  static void write(Page page, Report report) {
    if (report.verdicts().isEmpty()) {
      return;
    }
    page.heading("VERDICTS", "");
    Headline.yes(report).forEach(yes -> yes(page, yes));
    Headline.cannotTell(report).forEach(open -> cannotTell(page, open));
    no(page, Headline.no(report));
  }

  private static void yes(Page page, Verdict.Yes yes) {
    String sure = yes.strength().name().toLowerCase(Locale.ROOT) + " confidence";
    page.line().add("  ").add(page.letters().signs().yes() + " ", Style.YELLOW).add(yes.rule(), Style.BOLD)
        .add("  ").add(sure, Style.FAINT);
    page.prose(4, yes.summary(), Style.PLAIN);
    readings(page, yes.readings());
  }

  private static void cannotTell(Page page, Verdict.CannotTell open) {
    page.line().add("  ").add(page.letters().signs().unknown() + " ", Style.CYAN).add(open.rule(), Style.BOLD)
        .add("  cannot tell", Style.FAINT);
    page.prose(4, open.summary(), Style.PLAIN);
    page.prose("    needs: ", open.missing(), Style.PLAIN);
    readings(page, open.readings());
  }

  private static void readings(Page page, List<Figure> readings) {
    if (readings.isEmpty()) {
      return;
    }
    String cited = readings.stream().map(reading -> reading.what() + " " + reading.value())
        .collect(Collectors.joining("; "));
    page.prose("    read: ", cited, Style.FAINT);
  }

  private static void no(Page page, List<Verdict.No> no) {
    if (no.isEmpty()) {
      return;
    }
    if (page.showsAll()) {
      no.forEach(verdict -> page.prose("  - ", verdict.rule() + ": " + verdict.summary(), Style.FAINT));
      return;
    }
    String rules = no.stream().map(Verdict.No::rule).collect(Collectors.joining(", "));
    page.prose("  checked, does not apply: ", rules, Style.FAINT);
  }
}
