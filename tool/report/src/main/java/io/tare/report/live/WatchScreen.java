package io.tare.report.live;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Mark;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.WatchRow;
import io.tare.model.history.WatchView;
import io.tare.model.ledger.Account;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.story.StoryText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The screen of {@code tare watch}: as much as fits the terminal's height, the ledger in the middle. */
public final class WatchScreen {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
      .withZone(ZoneOffset.UTC);
  private static final int VALUE_END = 12;
  private static final int CHANGE_END = 24;
  private static final int RATE_END = 38;
  private static final int CURVE = 20;
  private static final int BAR = 10;
  private static final int WIDEST_LINE = 400;
  private static final int LINES_AROUND_ACCOUNTS = 21;
  private static final int LEAST_ACCOUNTS = 4;

  private final Page page;
  private final WatchView view;

  private WatchScreen(Page page, WatchView view) {
    this.page = page;
    this.view = view;
  }

  /**
   * The whole screen.
   *
   * @param height lines of the terminal
   */
  public static String render(WatchView view, TextOptions options, int height) {
    Page page = new Page(options);
    new WatchScreen(page, view).write(Math.max(LEAST_ACCOUNTS, height - LINES_AROUND_ACCOUNTS));
    return page.print();
  }

  /** One line, for those who don't look at a terminal. */
  public static String line(WatchView view, TextOptions options) {
    Page page = new Page(new TextOptions(WIDEST_LINE, options.colour(), options.unicode(), false, false,
        options.units()));
    Line line = page.line().add(TIME.format(Instant.ofEpochMilli(view.epochMillis())) + "  ");
    view.scales().stream().filter(row -> row.id().equals(SeriesNames.RSS)).findFirst().ifPresent(row -> line
        .add("gross " + page.bytes(row.value()) + " (" + page.units().formatSigned(row.change()) + ")"));
    view.netBytes().ifPresent(net -> line.add("  net " + page.bytes(net)));
    view.heap().stream().filter(row -> !row.id().equals(SeriesNames.HEAP_COMMITTED)).forEach(
        row -> line
            .add("  " + (row.id().equals(SeriesNames.HEAP_FLOOR) ? "floor " : "heap ") + page.bytes(row.value())));
    view.counts().stream().filter(row -> row.id().equals(SeriesNames.THREADS))
        .forEach(row -> line.add("  threads " + row.value()));
    view.gc().ifPresent(gc -> line.add(String.format(Locale.ROOT, "  GC %.1f %% %s", gc.share() * 100, gc.grade())));
    view.verdict().ifPresent(verdict -> line.add("  leak: " + answer(verdict)));
    return page.print();
  }

  private static String answer(LeakVerdict verdict) {
    return switch (verdict.answer()) {
      case LEAK -> "yes (" + String.join(", ", verdict.leaking()) + ")";
      case NO_LEAK -> "none so far";
      case CANNOT_TELL -> "cannot tell yet"
          + verdict.needs().map(more -> " (needs " + Time.lasting(more.toMillis()) + " more)").orElse("");
    };
  }

  private void write(int accounts) {
    heading();
    weight();
    part("SCALES", "", view.scales());
    part("HEAP", "", view.heap());
    accounts(accounts);
    counts();
    gc();
    marks();
    view.verdict().ifPresent(this::verdict);
    view.alerts().forEach(alert -> page.line().add("ALERT  ", Style.RED).fit(page.width(), alert, Style.RED));
    view.endedBy().ifPresent(words -> page.line().add("ENDED  ", Style.RED).fit(page.width(), words, Style.BOLD));
    page.line().fit(page.width(), "q quits" + page.letters().signs().dot() + "l takes a ledger now"
        + page.letters().signs().dot() + "m sets a mark", Style.FAINT);
  }

  private void heading() {
    String dot = page.letters().signs().dot();
    page.line().fit(page.width(), view.process().words(), Style.BOLD).fit(page.width(), dot + view.process().runtime()
        + dot + "watched for " + Time.lasting(view.sinceMillis()), Style.FAINT);
  }

  private void weight() {
    long gross = view.grossBytes();
    Line line = page.line().add("gross ", Style.BOLD).add(page.bytes(gross));
    view.netBytes()
        .ifPresent(net -> line.add("  =  net ", Style.BOLD).add(page.bytes(Math.min(net, gross)), Style.GREEN)
            .add("  +  tare ", Style.BOLD).add(page.bytes(Math.max(0, gross - net)), Style.YELLOW));
    OptionalLong limit = view.process().limitBytes();
    if (limit.isPresent()) {
      line.add("   ").add(page.letters().bar(Count.share(gross, limit.getAsLong()), BAR), Style.YELLOW)
          .add(" " + Count.percent(gross, limit.getAsLong()) + " of the limit, " + page.bytes(limit.getAsLong()),
              Style.FAINT);
    }
  }

  private void part(String title, String beside, List<WatchRow> rows) {
    List<WatchRow> shown = rows.stream().filter(row -> row.value() != 0 || row.change() != 0).toList();
    if (shown.isEmpty()) {
      return;
    }
    head(title, beside);
    shown.forEach(row -> row(row, false));
  }

  private void head(String title, String beside) {
    page.line().add(title, Style.BOLD).right(CHANGE_END, "since start", Style.FAINT)
        .right(RATE_END, "an hour", Style.FAINT).add("  ").fit(page.width(), beside, Style.FAINT);
  }

  private void row(WatchRow row, boolean isAccount) {
    Style style = Account.byId(row.id()).map(account -> Style.of(account.kind())).orElse(Style.PLAIN);
    Line line = page.line().right(VALUE_END, page.bytes(row.value()), Style.PLAIN)
        .right(CHANGE_END, row.change() == 0 ? "" : page.units().formatSigned(row.change()), Style.FAINT)
        .right(RATE_END, rate(row), Style.FAINT).add("  ");
    if (isAccount) {
      line.add(page.letters().bar(Count.share(row.value(), view.grossBytes()), BAR), style).to(RATE_END + 2 + BAR + 1);
    }
    int curve = isAccount ? CURVE - BAR - 1 : CURVE;
    line.add(page.letters().curve(row.recent(), curve), style).to(RATE_END + 2 + CURVE + 2);
    StoryText.name(page, line, row.id());
  }

  private String rate(WatchRow row) {
    if (row.perHour().isEmpty()) {
      return "";
    }
    long perHour = Math.round(row.perHour().getAsDouble());
    return perHour == 0 ? "steady" : page.units().formatSigned(perHour) + "/h";
  }

  private void accounts(int most) {
    if (view.ledgerAgeMillis().isEmpty()) {
      page.line().add("LEDGER  ", Style.BOLD).add("none yet", Style.FAINT);
      return;
    }
    head("LEDGER", Time.lasting(view.ledgerAgeMillis().getAsLong()) + " old");
    view.accounts().stream().limit(most).forEach(row -> row(row, true));
    if (view.accounts().size() > most) {
      page.line().right(VALUE_END, page.bytes(view.accounts().stream().skip(most).mapToLong(WatchRow::value).sum()),
          Style.FAINT).to(RATE_END + 2 + CURVE + 2)
          .add(Count.of(view.accounts().size() - most, "smaller account"), Style.FAINT);
    }
  }

  private void counts() {
    String counts = view.counts().stream().map(row -> row.id() + " " + Count.grouped(row.value())
        + (row.change() == 0
            ? ""
            : " (" + (row.change() > 0 ? "+" : "\u2212") + Count.grouped(Math.abs(row.change()))
                + ")"))
        .collect(Collectors.joining(page.letters().signs().dot()));
    page.line().add("COUNTS  ", Style.BOLD).fit(page.width(), counts, Style.PLAIN);
  }

  private void gc() {
    view.gc().ifPresent(gc -> page.line().add("GC  ", Style.BOLD).fit(page.width(),
        StoryText.gc(gc).substring("GC ".length()) + ", in the last minute", gradeStyle(gc.grade())));
  }

  private void verdict(LeakVerdict verdict) {
    Style style = switch (verdict.answer()) {
      case LEAK -> Style.RED;
      case NO_LEAK -> Style.GREEN;
      case CANNOT_TELL -> Style.PLAIN;
    };
    page.line().add("LEAK?  ", Style.BOLD).fit(page.width(), verdict.summary(), style);
  }

  private static Style gradeStyle(String grade) {
    return switch (grade) {
      case "excellent", "good" -> Style.GREEN;
      case "concerning" -> Style.YELLOW;
      default -> Style.RED;
    };
  }

  private void marks() {
    if (!view.marks().isEmpty()) {
      List<Mark> last = view.marks().subList(Math.max(0, view.marks().size() - 4), view.marks().size());
      page.line().add("MARKS  ", Style.BOLD).fit(page.width(), last.stream().map(mark -> TIME.format(mark.at()) + " "
          + mark.label()).collect(Collectors.joining(page.letters().signs().dot())), Style.PLAIN);
    }
  }
}
