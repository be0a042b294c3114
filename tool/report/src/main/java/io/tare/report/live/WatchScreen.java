package io.tare.report.live;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Mark;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.WatchView;
import io.tare.model.history.WatchView.WatchRow;
import io.tare.model.ledger.Account;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.story.StoryText;
import io.tare.report.story.StoryWords;
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
  private static final int COLUMN = 13;
  private static final int NARROW_BELOW = 70;
  private static final int WIDE_FROM = 96;
  private static final int CURVE = 20;
  private static final int SHORT_CURVE = 8;
  private static final int BAR = 10;
  private static final int WIDEST_LINE = 400;
  private static final int LEAST_ACCOUNTS = 3;
  private static final int MOST_ALERTS = 3;
  private static final long STEADY_FROM_MILLIS = 600_000;
  private static final double SEEN_BYTES = 64 << 10;
  private static final double SEEN_SHARE = 0.005;

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
    new WatchScreen(page, view).write(height);
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

  /** What says most stays; what is left of the height goes to the ledger. */
  private void write(int height) {
    List<String> alerts = view.alerts().stream().limit(MOST_ALERTS).toList();
    int always = 3 + alerts.size() + (view.verdict().isPresent() ? 1 : 0) + (view.endedBy().isPresent() ? 1 : 0)
        + (view.gc().isPresent() ? 1 : 0) + 1;
    int left = height - always - Math.min(view.accounts().size(), LEAST_ACCOUNTS);
    List<WatchRow> scales = moving(view.scales());
    List<WatchRow> heap = moving(view.heap());
    boolean showsCounts = left >= 1;
    left -= showsCounts ? 1 : 0;
    boolean showsHeap = !heap.isEmpty() && left > heap.size();
    left -= showsHeap ? heap.size() + 1 : 0;
    boolean showsScales = !scales.isEmpty() && left > scales.size();
    left -= showsScales ? scales.size() + 1 : 0;
    boolean showsMarks = !view.marks().isEmpty() && left >= 1;
    left -= showsMarks ? 1 : 0;
    heading();
    weight();
    part("SCALES", showsScales ? scales : List.of());
    part("HEAP", showsHeap ? heap : List.of());
    accounts(Math.min(view.accounts().size(), LEAST_ACCOUNTS) + Math.max(0, left));
    if (showsCounts) {
      counts();
    }
    gc();
    if (showsMarks) {
      marks();
    }
    view.verdict().ifPresent(this::verdict);
    alerts.forEach(alert -> page.line().add("ALERT  ", Style.RED).fit(page.width(), alert, Style.RED));
    view.endedBy().ifPresent(words -> page.line().add("ENDED  ", Style.RED).fit(page.width(), words, Style.BOLD));
    page.line().fit(page.width(), "q quits" + page.letters().signs().dot() + "l takes a ledger now"
        + page.letters().signs().dot() + "m sets a mark", Style.FAINT);
  }

  private static List<WatchRow> moving(List<WatchRow> rows) {
    return rows.stream().filter(row -> row.value() != 0 || row.change() != 0).toList();
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

  private void part(String title, List<WatchRow> rows) {
    if (!rows.isEmpty()) {
      head(title, "");
      rows.forEach(row -> row(row, false));
    }
  }

  /** On a narrow screen names are worth more than what changed since the start, and than curves. */
  private boolean isNarrow() {
    return page.width() < NARROW_BELOW;
  }

  private int rateEnd() {
    return VALUE_END + (isNarrow() ? COLUMN : 2 * COLUMN);
  }

  private int curve() {
    return isNarrow() ? 0 : page.width() < WIDE_FROM ? SHORT_CURVE : CURVE;
  }

  private int nameFrom() {
    return rateEnd() + 2 + (curve() > 0 ? curve() + 2 : 0);
  }

  private void head(String title, String beside) {
    Line line = page.line().add(title, Style.BOLD);
    if (!isNarrow()) {
      line.right(VALUE_END + COLUMN, "since start", Style.FAINT);
    }
    line.right(rateEnd(), "an hour", Style.FAINT).add("  ").fit(page.width(), beside, Style.FAINT);
  }

  private void row(WatchRow row, boolean isAccount) {
    Style style = Account.byId(row.id()).map(account -> Style.of(account.kind())).orElse(Style.PLAIN);
    Line line = page.line().right(VALUE_END, page.bytes(row.value()), Style.PLAIN);
    if (!isNarrow()) {
      line.right(VALUE_END + COLUMN, row.change() == 0 ? "" : page.units().formatSigned(row.change()), Style.FAINT);
    }
    line.right(rateEnd(), rate(row), Style.FAINT).add("  ");
    if (curve() == CURVE && isAccount) {
      line.add(page.letters().bar(Count.share(row.value(), view.grossBytes()), BAR), style).to(rateEnd() + 2 + BAR + 1)
          .add(page.letters().curve(row.recent(), CURVE - BAR - 1), style);
    } else if (curve() > 0) {
      line.add(page.letters().curve(row.recent(), curve()), style);
    }
    StoryText.name(page, line.to(nameFrom()), row.id());
  }

  /** A rate is an hour's worth of what was seen: before that is something, it says nothing. */
  private String rate(WatchRow row) {
    if (row.perHour().isEmpty()) {
      return "";
    }
    double perHour = row.perHour().getAsDouble();
    double seen = Math.abs(perHour) * view.sinceMillis() / 3.6e6;
    if (seen < Math.max(SEEN_BYTES, SEEN_SHARE * row.value())) {
      return view.sinceMillis() < STEADY_FROM_MILLIS ? "" : "steady";
    }
    return page.units().formatSigned(Math.round(perHour)) + "/h";
  }

  private void accounts(int most) {
    if (view.ledgerAgeMillis().isEmpty()) {
      page.line().add("LEDGER  ", Style.BOLD).add("none yet", Style.FAINT);
      return;
    }
    head("LEDGER", Time.lasting(view.ledgerAgeMillis().getAsLong()) + " old");
    int shown = view.accounts().size() > most ? most - 1 : most;
    view.accounts().stream().limit(shown).forEach(row -> row(row, true));
    if (view.accounts().size() > shown) {
      page.line().right(VALUE_END, page.bytes(view.accounts().stream().skip(shown).mapToLong(WatchRow::value).sum()),
          Style.FAINT).to(nameFrom())
          .add(Count.of(view.accounts().size() - shown, "smaller account"), Style.FAINT);
    }
  }

  private void counts() {
    if (view.counts().isEmpty()) {
      return;
    }
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
        StoryWords.gc(gc).substring("GC ".length()) + ", in the last minute", gradeStyle(gc.grade())));
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
