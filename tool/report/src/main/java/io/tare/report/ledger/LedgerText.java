package io.tare.report.ledger;

import io.tare.model.Problem;
import io.tare.model.ledger.ByteRange;
import io.tare.model.report.Net;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.report.look.Columns;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.List;
import java.util.stream.Collectors;

/** A report for a terminal: the answer, why, and what to do on the first screen; then the ledger, the scales, what the verdicts rest on, what is missing. */
public final class LedgerText {
  private static final int SPLIT_BAR = 60;
  private static final int ONE_LINE_FROM = 64;
  private static final int PROBLEMS_SHOWN = 8;

  private LedgerText() {}

  public static String render(Report report, TextOptions options) {
    Page page = new Page(options);
    heading(page, report);
    VerdictsText.first(page, report);
    report.ledger().ifPresent(ledger -> LedgerTable.write(page, ledger, report.target().isCore()));
    if (!report.target().isCore()) {
      ScalesText.write(page, report.scales());
    }
    VerdictsText.rest(page, report);
    if (options.all()) {
      LongListsText.details(page, report.details());
      LongListsText.mappings(page, report.mappings());
    }
    if (options.threads()) {
      LongListsText.threads(page, report.threads());
    }
    closing(page, report);
    return page.print();
  }

  /** Who was weighed, the answer in a sentence, and gross = net + tare. */
  private static void heading(Page page, Report report) {
    report.unread().ifPresent(unread -> {
      page.prose(0, unread.sentence() + " " + unread.unlock(), Style.RED);
      page.blank();
    });
    ReportTarget target = report.target();
    String dot = page.letters().signs().dot();
    String facts = Headline.facts(report).stream().map(page.letters()::clean).collect(Collectors.joining(dot));
    Line line = page.line().fit(page.width(), target.name(), Style.BOLD);
    if (line.width() + Columns.of(dot + facts) <= page.width()) {
      line.add(dot).add(facts);
    } else {
      page.prose(0, facts, Style.PLAIN);
    }
    if (!target.flags().isBlank()) {
      page.line().fit(page.width(), target.flags(), Style.FAINT);
    }
    page.blank();
    page.prose(page.isNarrow() ? 0 : 2, Headline.of(report), Style.BOLD);
    page.blank();
    weight(page, report);
  }

  private static void weight(Page page, Report report) {
    long gross = report.scales().rssBytes();
    if (report.net().isEmpty()) {
      page.line().add("gross ", Style.BOLD).add(page.bytes(gross)).add("   net and tare: not known",
          Style.FAINT);
      return;
    }
    Net net = report.net().get();
    ByteRange tare = net.bytes().takenFrom(gross);
    Line line = page.line().add("gross ", Style.BOLD).add(page.bytes(gross));
    next(page, line, "  =  net ").add(page.units().format(net.bytes()), Style.GREEN);
    next(page, line, "  +  tare ").add(page.units().formatRest(net.bytes(), gross))
        .add("  (" + Count.percent(tare, gross) + ")", Style.FAINT);
    splitBar(page, net.bytes(), gross);
    page.prose("net: ", net.basis(), Style.FAINT);
    page.input().ifPresent(bytes -> page.prose("input: ", page.bytes(bytes) + "; gross is " + page.times(gross)
        + " of it, net " + (net.bytes().isExact() ? "" : "at most ") + page.times(net.bytes().mostBytes()),
        Style.FAINT));
  }

  // One line where there is room for it, a line each where there is not.
  private static Line next(Page page, Line line, String sign) {
    return (page.width() < ONE_LINE_FROM ? page.line() : line).add(sign, Style.BOLD);
  }

  /** Full where it is net, open where it is not known, pale where it is tare. */
  private static void splitBar(Page page, ByteRange net, long gross) {
    int columns = Math.min(page.width(), SPLIT_BAR);
    int least = (int) Math.round(Count.share(net.leastBytes(), gross) * columns);
    int most = (int) Math.round(Count.share(net.mostBytes(), gross) * columns);
    page.line().add(page.letters().fill(true).repeat(least), Style.GREEN)
        .add(page.letters().open().repeat(most - least), Style.GREEN)
        .add(page.letters().fill(false).repeat(columns - most), Style.FAINT);
  }

  /** What is missing and how to unlock it, what could not be read, and what looking cost. */
  private static void closing(Page page, Report report) {
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
    List<Problem> shown = page.shown(problems, PROBLEMS_SHOWN);
    for (Problem problem : shown) {
      String where = problem.where().isBlank() ? "" : " (" + problem.where() + ")";
      page.prose("  - ", problem.artifact() + where + ": " + problem.message(), Style.PLAIN);
    }
    if (shown.size() < problems.size()) {
      page.line().add("  and " + Count.grouped(problems.size() - shown.size()) + " more; --all prints them",
          Style.FAINT);
    }
  }
}
