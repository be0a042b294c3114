package io.tare.report.story;

import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.model.history.Story;
import io.tare.model.history.Story.StoryPhase;
import io.tare.model.history.Weighing;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Kind;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.look.TimeChart;
import io.tare.report.look.Units;
import io.tare.report.verdict.LeakHtml;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Recordings told as one self-contained page: the sentence, weight over time, whether it leaks, phases, ledgers, the end. */
public final class StoryHtml {
  private static final int MOST_LEAKS_DRAWN = 3;

  private final Html html;
  private final Told told;
  private final Story story;
  private final StoryWords words;
  private final Units units;
  private final String chart;

  private StoryHtml(Html html, Told told, Units units, int number) {
    this.html = html;
    this.told = told;
    this.units = units;
    story = told.story();
    words = new StoryWords(story, units);
    chart = "weight-" + number;
  }

  public static String render(List<Told> all, TextOptions options) {
    Story first = all.getFirst().story();
    HtmlPage page = new HtmlPage("Story of " + first.process().words(),
        HtmlPage.resource(HtmlPage.class, "chart.css"),
        HtmlPage.resource(HtmlPage.class, "chart.js"), HtmlPage.LIGHT_AND_DARK);
    Html html = page.begin();
    for (int i = 0; i < all.size(); i++) {
      new StoryHtml(html, all.get(i), options.units(), i + 1).write(i == 0);
    }
    first.family().ifPresent(family -> together(html, family, options.units()));
    html.open("footer");
    first.closing().forEach(sentence -> html.leaf("p", sentence));
    html.close().newLine();
    return page.end(html.close().newLine());
  }

  private static void together(Html html, Story.Family family, Units units) {
    html.open("section").leaf("h2", "All together").leaf("p", "hint", "At most " + units.format(family.peakBytes())
        + ", what they share counted once (RSS: " + units.format(family.peakRssBytes()) + ")."
        + (family.unread() > 0
            ? " " + Count.grouped(family.unread()) + " more came and went before that could be read."
            : ""));
    html.wideTable("all together", List.of("Process", "Pid", "Bytes"));
    family.members().forEach(member -> html.open("tr").leaf("td", "name", member.label())
        .leaf("td", "n", Long.toString(member.pid())).leaf("td", "n", units.format(member.bytes())).close().newLine());
    html.endWideTable().close().newLine();
  }

  private void write(boolean isFirst) {
    head(isFirst);
    html.open("section").leaf("h2", "Weight over time");
    WeightChart.write(html, told, units, chart);
    html.close().newLine();
    LeakHtml.section(html, told.verdict(), units, this::leaks);
    phases();
    ledgers();
    end();
  }

  private void head(boolean isFirst) {
    Head head = new Head("tells what a recording saw", story.process().words(), List.of(story.process().runtime(),
        Time.utc(story.from()), Time.lasting(Duration.between(story.from(), story.to()).toMillis()),
        Count.of(story.readings(), "reading") + ", " + Count.of(story.ledgers(), "ledger")), "");
    if (isFirst) {
      HtmlPage.openHead(html, head);
    } else {
      html.open("header").leaf("h2", "another", head.title()).leaf("p", "facts", String.join(" · ", head.facts()));
    }
    words.killed().ifPresent(sentence -> html.open("p", "class", "danger").text(sentence).close());
    html.leaf("p", "sentence", words.headline());
    words.killedBefore().ifPresent(sentence -> html.leaf("p", "danger", sentence));
    html.close().newLine();
  }

  private void leaks() {
    List<SeriesVerdict> proved = told.verdict().courses().stream()
        .filter(course -> course.isLeak() && course.perHour().isPresent()).limit(MOST_LEAKS_DRAWN).toList();
    proved.forEach(course -> readings(course)
        .ifPresent(series -> leak(course, course.perHour().orElseThrow(), series.points())));
  }

  /** The heap is judged by its floor. */
  private Optional<Series> readings(SeriesVerdict course) {
    Optional<Series> floor = told.timeline().series(SeriesNames.HEAP_FLOOR).filter(one -> !one.points().isEmpty());
    return course.id().equals(Account.HEAP_LIVE.id()) && floor.isPresent()
        ? floor
        : told.timeline().series(course.id()).filter(one -> !one.points().isEmpty());
  }

  /** Its readings, the line through them, and where that line may lie. */
  private void leak(SeriesVerdict course, Rate perHour, List<Point> points) {
    Instant from = course.from();
    Instant to = points.getLast().at();
    double hours = Math.max(0, Duration.between(from, to).toMillis() / 3.6e6);
    double middle = (course.first() + course.last()) / 2;
    double top = Math.max(points.stream().mapToDouble(Point::value).max().orElse(0),
        middle + perHour.high() * hours / 2);
    TimeChart lines = new TimeChart(new TimeChart.Axes(told.timeline().from(), told.timeline().to(), top,
        course.unit(), units));
    lines.area("", "bound", List.of(new Point(from, middle - perHour.high() * hours / 2),
        new Point(Instant.ofEpochMilli((from.toEpochMilli() + to.toEpochMilli()) / 2), middle),
        new Point(to, middle + perHour.low() * hours / 2)),
        List.of(
            new Point(from, middle - perHour.low() * hours / 2),
            new Point(Instant.ofEpochMilli((from.toEpochMilli() + to.toEpochMilli()) / 2), middle),
            new Point(to, middle + perHour.high() * hours / 2)));
    lines.line(StoryWords.title(course.id()), "gross", TimeChart.thinned(points));
    lines.line("Growth as judged", "trend", List.of(new Point(from, middle - perHour.estimate() * hours / 2),
        new Point(to, middle + perHour.estimate() * hours / 2)));
    html.leaf("h3", course.id() + ": " + units.signedLevel(perHour.estimate(), course.unit()) + " per hour, between "
        + units.signedLevel(perHour.low(), course.unit()) + " and "
        + units.signedLevel(perHour.high(), course.unit()));
    lines.write(html, chart + "-" + course.id().replace('.', '-'),
        "The dashed line is the growth that was proved, the pale field where it may lie. Seen: " + course.words()
            + ".");
  }

  private void phases() {
    if (story.phases().isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "Phases").leaf("p", "hint", "From mark to mark: what each added.");
    html.wideTable("phases", List.of("Phase", "Gross", "Peak", "Length", "Items", "What changed most", "In the chart"));
    story.phases().forEach(this::phase);
    html.endWideTable().close().newLine();
  }

  private void phase(StoryPhase phase) {
    html.open("tr").open("td").leaf("b", StoryWords.name(phase));
    html.leaf("small", String.join(" · ", words.facts(phase).stream().skip(2).toList())).close();
    html.leaf("td", "n", units.formatSigned(phase.grossChangeBytes())).leaf("td", "n", units.format(phase.peakBytes()))
        .open("td", "class", "n").text(Time.lasting(phase.lengthMillis()));
    if (phase.times() > 1) {
      html.leaf("small", Count.grouped(phase.times()) + " times");
    }
    html.close().leaf("td", "n", phase.items().isPresent() ? Count.grouped(phase.items().getAsLong()) : "-");
    html.open("td");
    phase.changes().stream().limit(3).forEach(change -> html.open("span", "class", "change")
        .leaf("b", units.formatSigned(change.changeBytes())).text(" " + StoryWords.title(change.account())).close()
        .single("br"));
    html.close();
    double span = Math.max(1, Duration.between(told.timeline().from(), told.timeline().to()).toMillis());
    double from = Duration.between(told.timeline().from(), phase.from()).toMillis() / span;
    html.open("td", "data-zoom", phase.times() > 1 ? "" : chart, "data-name", StoryWords.name(phase), "data-from",
        share(from), "data-to", share(from + phase.lengthMillis() / span)).close().close().newLine();
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.5f", Math.clamp(share, 0, 1));
  }

  private void ledgers() {
    List<Weighing> told = List.of(story.baseline(), story.peakLedger(), story.last()).stream()
        .flatMap(Optional::stream).distinct().toList();
    if (told.isEmpty()) {
      return;
    }
    html.open("section").leaf("h2", "What it was made of")
        .leaf("p", "hint", "The first ledger, the heaviest and the last; a dash where none was taken.");
    html.wideTable("ledgers", List.of("Account", "Kind", "First", "Heaviest", "Last", "First to heaviest"));
    Set<String> ids = new LinkedHashSet<>();
    story.peakLedger().ifPresent(ledger -> ids.addAll(ledger.accounts().keySet()));
    told.forEach(ledger -> ids.addAll(ledger.accounts().keySet()));
    ids.forEach(this::account);
    row("Unexplained", "", Kind.UNEXPLAINED.label(), Weighing::unexplainedBytes);
    row("Gross", "", "", Weighing::grossBytes);
    html.endWideTable().close().newLine();
  }

  private void account(String id) {
    row(StoryWords.title(id), id, Account.byId(id).map(one -> one.kind().label()).orElse(""), one -> one.bytes(id));
  }

  private void row(String title, String id, String kind, ToLongFunction<Weighing> bytes) {
    OptionalLong first = bytes(story.baseline(), bytes);
    OptionalLong heaviest = bytes(story.peakLedger(), bytes);
    html.open("tr").open("td").leaf("b", title).leaf("small", id.equals(title) ? "" : id).close().leaf("td", kind)
        .leaf("td", "n", units.format(first)).leaf("td", "n", units.format(heaviest))
        .leaf("td", "n", units.format(bytes(story.last(), bytes)))
        .leaf("td", "n", first.isPresent() && heaviest.isPresent()
            ? units.formatSigned(heaviest.getAsLong() - first.getAsLong())
            : "-")
        .close().newLine();
  }

  private static OptionalLong bytes(Optional<Weighing> ledger, ToLongFunction<Weighing> bytes) {
    return ledger.map(one -> OptionalLong.of(bytes.applyAsLong(one))).orElse(OptionalLong.empty());
  }

  private void end() {
    html.open("section").leaf("h2", "The end");
    html.leaf("p", story.ending().map(StoryWords::end)
        .orElse("Not seen: it was still running."));
    if (story.readings() > 0) {
      html.leaf("p", "The highest gross that was read is " + units.format(story.peakBytes()) + ", "
          + Time.lasting(Duration.between(story.from(), story.peakAt()).toMillis()) + " after the beginning"
          + (story.kernelPeakBytes().orElse(0) > story.peakBytes()
              ? "; the kernel saw " + units.format(story.kernelPeakBytes()) + " between two readings."
              : "."));
    }
    story.ending().ifPresent(ending -> ending.usage().peakBytes().ifPresent(peak -> html.leaf("p", "Peak "
        + units.level((double) peak, SeriesUnit.BYTES) + ", as the kernel counted.")));
    words.strain().ifPresent(sentence -> html.leaf("p", words.isStrained() ? "danger" : "hint",
        "Meanwhile " + sentence + "."));
    story.gc().filter(_ -> !words.isKilledForMemory()).ifPresent(gc -> html.leaf("p", StoryWords.gc(gc) + "."));
    html.close().newLine();
  }
}
