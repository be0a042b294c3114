package io.tare.report.ledger;

import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Report;
import io.tare.model.report.Verdict;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What applies, strongest first; what can't be told, and what it needs; what was checked and does not apply, in one line. Then what
 * to do: the action, the exact flag or command, the bytes that should come back, and the price.
 */
final class VerdictsText {
  private static final int RETURNS_END = 16;

  private VerdictsText() {}

  static void write(Page page, Report report) {
    if (!report.verdicts().isEmpty()) {
      page.heading("VERDICTS", "");
      Headline.open(report).forEach(verdict -> open(page, verdict));
      no(page, Headline.no(report));
    }
    remedies(page, report.remedies());
  }

  private static void open(Page page, Verdict verdict) {
    switch (verdict) {
      case Verdict.Yes yes -> yes(page, yes);
      case Verdict.CannotTell open -> cannotTell(page, open);
      case Verdict.No _ -> {
      }
    }
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

  private static void remedies(Page page, List<Remedy> remedies) {
    if (remedies.isEmpty()) {
      return;
    }
    page.heading("REMEDIES", "biggest return first; each is an estimate until it was tried");
    List<Alternative> all = Alternative.of(remedies);
    for (int i = 0; i < all.size(); i++) {
      remedy(page, i + 1, all.get(i));
    }
  }

  private static void remedy(Page page, int number, Alternative alternative) {
    Remedy remedy = alternative.remedy();
    String returns = remedy.expectedBytes().isPresent()
        ? "\u2248 " + page.bytes(remedy.expectedBytes().getAsLong())
        : "?";
    Line lead = page.detached().right(4, number + ".", Style.PLAIN).right(RETURNS_END, returns, Style.PLAIN);
    page.prose(lead.text() + "  ", remedy.action(), Style.BOLD);
    if (!remedy.how().isBlank()) {
      page.prose(RETURNS_END + 2, remedy.how(), Style.GREEN);
    }
    if (alternative.to() > 0) {
      page.prose(RETURNS_END + 2, alternative.words(), Style.FAINT);
    }
    if (!alternative.experience().isEmpty()) {
      page.prose(RETURNS_END + 2, alternative.experience(), Style.FAINT);
    }
    if (!remedy.price().isBlank()) {
      page.prose(" ".repeat(RETURNS_END + 2) + "price: ", remedy.price(), Style.FAINT);
    }
  }
}
