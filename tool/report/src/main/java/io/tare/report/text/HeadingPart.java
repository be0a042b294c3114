package io.tare.report.text;

import io.tare.model.report.Net;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.report.view.Headline;
import io.tare.report.words.Columns;
import io.tare.report.words.Share;
import io.tare.report.words.When;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who was weighed, the answer in a sentence, and gross = net + tare. */
final class HeadingPart {
  private static final int SPLIT_BAR = 60;
  private static final int ONE_LINE_FROM = 64;

  private HeadingPart() {}

  static void write(Page page, Report report) {
    ReportTarget target = report.target();
    String facts = facts(page, report);
    String dot = page.letters().signs().dot();
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

  private static String facts(Page page, Report report) {
    ReportTarget target = report.target();
    String runtime = Stream.of(target.runtime(), target.version()).filter(s -> !s.isBlank())
        .collect(Collectors.joining(" "));
    return Stream.of("pid " + target.pid(), runtime, target.collector(), When.utc(report.takenAt()))
        .filter(s -> !s.isBlank()).map(page.letters()::clean).collect(Collectors.joining(page.letters().signs().dot()));
  }

  private static void weight(Page page, Report report) {
    long gross = report.scales().rssBytes();
    if (report.net().isEmpty()) {
      page.line().add("gross ", Style.BOLD).add(page.bytes(gross)).add("   net and tare: not known",
          Style.FAINT);
      return;
    }
    Net net = report.net().get();
    long tare = report.tareBytes().orElse(0);
    String atMost = net.exact() ? "" : "\u2264 ";
    String atLeast = net.exact() ? "" : "\u2265 ";
    Line line = page.line().add("gross ", Style.BOLD).add(page.bytes(gross));
    next(page, line, "  =  net ").add(atMost + page.bytes(net.bytes()), Style.GREEN);
    next(page, line, "  +  tare ").add(atLeast + page.bytes(tare)).add("  (" + Share.percent(tare, gross) + ")",
        Style.FAINT);
    splitBar(page, Share.of(net.bytes(), gross));
    page.prose("net: ", net.basis(), Style.FAINT);
  }

  // One line where there is room for it, a line each where there is not.
  private static Line next(Page page, Line line, String sign) {
    return (page.width() < ONE_LINE_FROM ? page.line() : line).add(sign, Style.BOLD);
  }

  private static void splitBar(Page page, double netShare) {
    int columns = Math.min(page.width(), SPLIT_BAR);
    int net = (int) Math.round(netShare * columns);
    page.line().add(page.letters().fill(true).repeat(net), Style.GREEN)
        .add(page.letters().fill(false).repeat(columns - net), Style.FAINT);
  }
}
