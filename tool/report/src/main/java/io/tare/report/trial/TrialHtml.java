package io.tare.report.trial;

import io.tare.model.trial.Measure;
import io.tare.model.trial.TrialReport;
import io.tare.model.trial.TrialReport.Figure;
import io.tare.model.trial.TrialReport.Row;
import io.tare.model.trial.TrialReport.Standing;
import io.tare.model.trial.TrialReport.Standing.Verdict;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Variants side by side, as a page: the answer, memory against time, every figure with what it lay within. */
public final class TrialHtml {
  private final Html html;
  private final TrialReport report;
  private final TrialWords words;
  private final Units units;

  private TrialHtml(Html html, TrialReport report, Units units) {
    this.html = html;
    this.report = report;
    this.units = units;
    words = new TrialWords(report, units);
  }

  public static String render(TrialReport report, TextOptions options) {
    String command = String.join(" ", report.command());
    HtmlPage page = new HtmlPage("Trial of " + command, HtmlPage.resource(TrialHtml.class, "trial.css"), "",
        HtmlPage.LIGHT_AND_DARK);
    Html html = page.begin();
    TrialHtml parts = new TrialHtml(html, report, options.units());
    HtmlPage.head(html, new Head("tries variants of a command", command,
        List.of(Count.of(report.rows().size(), "variant"), Count.of(report.rounds(), "round"),
            "goal: " + report.goal().id()),
        String.join(" ", parts.words.verdict())));
    parts.front();
    parts.table();
    parts.notes();
    return page.end(html.close().newLine());
  }

  private void front() {
    Measure time = words.measured().contains(Measure.RATE) ? Measure.RATE : Measure.TIME;
    List<Row> drawn = report.rows().stream()
        .filter(row -> row.figures().containsKey(Measure.PEAK) && row.figures().containsKey(time)).toList();
    if (drawn.size() < 2) {
      return;
    }
    html.open("section").leaf("h2", "Memory against " + (time == Measure.RATE ? "throughput" : "time"));
    html.leaf("p", "hint", "Lower is lighter, further to the " + (time == Measure.RATE ? "right" : "left")
        + " is faster. Nobody beats those on the line in both; crosses show what the runs lay within.");
    Field field = new Field(drawn, time);
    field.write(html, report, units);
    html.close().newLine();
  }

  private void table() {
    List<String> columns = new ArrayList<>(List.of("Mark", "Variant"));
    words.measured().forEach(measure -> columns.add(measure.id()));
    html.open("section").leaf("h2", "Variants").leaf("p", "hint",
        "Medians, what the runs lay within, and the difference to the first variant where it is more than noise.");
    html.wideTable("variants", columns);
    for (int i = 0; i < report.rows().size(); i++) {
      row(i, report.rows().get(i));
    }
    html.endWideTable();
    html.open("dl", "class", "meanings");
    words.measured().forEach(measure -> html.leaf("dt", measure.id()).leaf("dd", measure.meaning()));
    html.close().close().newLine();
  }

  private void row(int index, Row row) {
    html.open("tr", "class", report.best().equals(Optional.of(index)) ? "best" : "")
        .leaf("td", String.valueOf(TrialText.letter(index))).open("td").leaf("b", row.settings());
    html.leaf("small", Count.of(row.runs(), "run") + (row.isOnFront() ? ", on the line" : "")).close();
    for (Measure measure : words.measured()) {
      html.open("td", "class", "n").text(words.level(row, measure)).leaf("small", words.spread(row, measure));
      TrialWords.against(row, measure).ifPresent(standing -> html.leaf("small", tone(measure, standing),
          TrialWords.standing(standing)));
      html.close();
    }
    html.close().newLine();
  }

  private static String tone(Measure measure, Standing standing) {
    if (standing.verdict() == Verdict.SAME || standing.verdict() == Verdict.TOO_FEW_RUNS) {
      return "";
    }
    return (standing.verdict() == Verdict.LESS) == measure.unit().lessIsBetter() ? "down" : "up";
  }

  private void notes() {
    List<String> notes = Stream.concat(report.rows().stream()
        .flatMap(row -> row.failures().stream().map(why -> "Failed: " + row.settings() + ", " + why)),
        report.notes().stream()).toList();
    if (!notes.isEmpty()) {
      html.open("section").leaf("h2", "What else is to be said").open("ul");
      notes.forEach(note -> html.leaf("li", note));
      html.close().close().newLine();
    }
  }

  /** Memory upwards, time to the right, a letter for each variant, a line through those that nobody beats. */
  private static final class Field {
    private static final double WIDTH = 760;
    private static final double HEIGHT = 330;
    private static final double LEFT = 90;
    private static final double BELOW = 44;

    private final List<Row> rows;
    private final Measure time;
    private final double mostTime;
    private final double mostPeak;

    Field(List<Row> rows, Measure time) {
      this.rows = rows;
      this.time = time;
      mostTime = rows.stream().mapToDouble(row -> figure(row, time).highest()).max().orElse(1) * 1.08;
      mostPeak = rows.stream().mapToDouble(row -> figure(row, Measure.PEAK).highest()).max().orElse(1) * 1.08;
    }

    private static Figure figure(Row row, Measure measure) {
      return Optional.ofNullable(row.figures().get(measure)).orElseThrow();
    }

    void write(Html html, TrialReport report, Units units) {
      html.open("svg", "class", "front", "viewBox", "0 0 " + (int) WIDTH + " " + (int) HEIGHT, "role", "img",
          "aria-label", "memory against time; the table below has the numbers");
      axes(html, units);
      List<Row> front = rows.stream().filter(Row::isOnFront)
          .sorted(Comparator.comparingDouble(row -> figure(row, time).median())).toList();
      StringBuilder way = new StringBuilder();
      front.forEach(row -> way.append(way.isEmpty() ? "M" : "L").append(x(figure(row, time).median())).append(' ')
          .append(y(figure(row, Measure.PEAK).median())));
      html.open("path", "class", "way", "d", way.isEmpty() ? "M0 0" : way.toString()).close();
      for (Row row : rows) {
        mark(html, row, TrialText.letter(report.rows().indexOf(row)));
      }
      html.close().newLine();
    }

    private void axes(Html html, Units units) {
      html.open("path", "class", "axis", "d",
          "M" + LEFT + " 0V" + (HEIGHT - BELOW) + "H" + WIDTH).close();
      for (int i = 0; i <= 4; i++) {
        double peak = mostPeak * i / 4;
        double at = mostTime * i / 4;
        html.open("path", "class", "rule", "d", "M" + LEFT + " " + y(peak) + "H" + WIDTH).close();
        html.open("text", "x", "" + (LEFT - 8), "y", y(peak), "class", "right")
            .text(TrialWords.level(peak, Measure.Unit.BYTES, units)).close();
        html.open("text", "x", x(at), "y", "" + (HEIGHT - BELOW + 18), "class", i == 4 ? "right" : "middle")
            .text(TrialWords.level(at, time.unit(), units)).close();
      }
      html.open("text", "x", "" + (LEFT + (WIDTH - LEFT) / 2), "y", "" + (HEIGHT - 6), "class", "middle")
          .text(time.meaning()).close().newLine();
    }

    private void mark(Html html, Row row, char letter) {
      Figure at = figure(row, time);
      Figure peak = figure(row, Measure.PEAK);
      html.open("g", "class", row.isOnFront() ? "variant front" : "variant").leaf("title", row.settings())
          .open("path", "d", "M" + x(at.lowest()) + " " + y(peak.median()) + "H" + x(at.highest()) + "M"
              + x(at.median()) + " " + y(peak.lowest()) + "V" + y(peak.highest()))
          .close()
          .open("circle", "cx", x(at.median()), "cy", y(peak.median()), "r", "11").close()
          .open("text", "x", x(at.median()), "y", y(peak.median()), "dy", "4.5", "class", "middle")
          .text(String.valueOf(letter)).close().close().newLine();
    }

    private String x(double value) {
      return String.format(Locale.ROOT, "%.1f", LEFT + value / mostTime * (WIDTH - LEFT));
    }

    private String y(double value) {
      return String.format(Locale.ROOT, "%.1f", (HEIGHT - BELOW) * (1 - value / mostPeak));
    }
  }
}
