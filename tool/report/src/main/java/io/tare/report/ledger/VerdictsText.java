package io.tare.report.ledger;

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
 * On the first screen: what applies, strongest first, what can't be told, and the two best remedies or the next commands. Below: what
 * the verdicts rest on, what was checked and does not apply, the other remedies.
 */
final class VerdictsText {
  private static final int RETURNS_END = 16;
  private static final int FIRST_VERDICTS = 4;
  private static final int FIRST_REMEDIES = 2;

  private VerdictsText() {}

  /** What belongs on the first screen. */
  static void first(Page page, Report report) {
    List<Verdict> open = Headline.open(report);
    if (!open.isEmpty()) {
      page.heading("WHY", "");
      String said = Headline.of(report);
      page.shown(open, FIRST_VERDICTS).forEach(verdict -> verdict(page, verdict, said));
      if (open.size() > FIRST_VERDICTS && !page.showsAll()) {
        page.line().add("  and " + (open.size() - FIRST_VERDICTS) + " more below", Style.FAINT);
      }
    }
    List<Alternative> all = Alternative.of(report.remedies());
    List<Alternative> best = page.shown(all, FIRST_REMEDIES);
    if (best.isEmpty()) {
      next(page, report);
      return;
    }
    page.heading("WHAT TO DO", "biggest return first; each is an estimate until it was tried");
    remedies(page, all, 0, best.size());
    if (best.size() < all.size()) {
      page.line().add("  and " + (all.size() - best.size()) + " more below", Style.FAINT);
    }
  }

  /** @param said the sentence that stands above all already */
  private static void verdict(Page page, Verdict verdict, String said) {
    switch (verdict) {
      case Verdict.Yes yes -> line(page, page.letters().signs().yes(), Style.YELLOW, yes,
          yes.strength().name().toLowerCase(Locale.ROOT) + " confidence");
      case Verdict.CannotTell open -> line(page, page.letters().signs().unknown(), Style.CYAN, open, "cannot tell");
      case Verdict.No _ -> {
      }
    }
    if (!verdict.summary().equals(said)) {
      page.prose(4, verdict.summary(), Style.PLAIN);
    }
  }

  private static void line(Page page, String sign, Style style, Verdict verdict, String sure) {
    page.line().add("  ").add(sign + " ", style).add(verdict.rule(), Style.BOLD).add("  ").add(sure, Style.FAINT);
  }

  /** Nothing would come back by itself: what would tell more. */
  private static void next(Page page, Report report) {
    if (report.target().isCore()) {
      return;
    }
    page.heading("NEXT", "nothing is known that would return memory; what would tell more");
    Headline.open(report).stream().filter(Verdict.CannotTell.class::isInstance).map(Verdict.CannotTell.class::cast)
        .limit(1).forEach(open -> page.prose("  " + open.rule() + " needs ", open.missing(), Style.PLAIN));
    page.prose("  ", "whether it grows: tare record " + report.target().pid(), Style.PLAIN);
  }

  /** What stands below the ledger. */
  static void rest(Page page, Report report) {
    if (!report.verdicts().isEmpty()) {
      page.heading("VERDICTS", "what they rest on");
      List<Verdict> open = Headline.open(report);
      open.stream().skip(page.showsAll() ? open.size() : FIRST_VERDICTS).forEach(verdict -> verdict(page, verdict, ""));
      open.forEach(verdict -> basis(page, verdict));
      no(page, Headline.no(report));
    }
    List<Alternative> all = Alternative.of(report.remedies());
    if (all.size() > FIRST_REMEDIES && !page.showsAll()) {
      page.heading("MORE REMEDIES", "");
      remedies(page, all, FIRST_REMEDIES, all.size());
    }
  }

  private static void basis(Page page, Verdict verdict) {
    String cited = verdict.readings().stream().map(reading -> reading.what() + " " + reading.value())
        .collect(Collectors.joining("; "));
    if (!cited.isEmpty()) {
      page.prose("  " + verdict.rule() + ": ", cited, Style.FAINT);
    }
    if (verdict instanceof Verdict.CannotTell open) {
      page.prose("  " + verdict.rule() + " needs: ", open.missing(), Style.PLAIN);
    }
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

  private static void remedies(Page page, List<Alternative> all, int from, int to) {
    for (int i = from; i < to; i++) {
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
