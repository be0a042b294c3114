package io.tare.report.look;

import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Curves over time as a figure that can be read without a script: areas and lines in one field, moments and levels across it, axes, and
 * a legend with the last values. {@code chart.js} shows the values under the pointer instead, and zooms.
 */
public final class TimeChart {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 300;
  private static final int MOST_COLUMNS = 500;
  private static final int TICKS_OF_TIME = 6;
  private static final int TICKS_OF_VALUE = 5;
  private static final double LABEL_SHARE = 0.11;
  private static final List<Duration> STEPS = List.of(Duration.ofSeconds(1), Duration.ofSeconds(2),
      Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1),
      Duration.ofMinutes(2), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(30),
      Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(6), Duration.ofHours(12), Duration.ofDays(1),
      Duration.ofDays(2), Duration.ofDays(7));

  private final Axes axes;
  private final List<Shape> shapes = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();
  private final List<Level> levels = new ArrayList<>();
  private final List<Moment> beats = new ArrayList<>();

  /**
   * What the field spans.
   *
   * @param top the highest value that has to be seen
   */
  public record Axes(Instant from, Instant to, double top, SeriesUnit unit, Units units) {
    double spanMillis() {
      return Math.max(1, Duration.between(from, to).toMillis());
    }
  }

  /** A curve with its values, or an area that a value is the height of; without a name it stands in no legend. */
  private record Shape(String name, String style, String path, List<Point> values) {}

  /** A moment that is marked over the whole height, or in the strip below. */
  private record Moment(Instant at, String label, String style) {}

  private record Level(double value, String label) {}

  public TimeChart(Axes axes) {
    this.axes = axes;
  }

  /** Points few enough to be drawn; the highest and the lowest of what falls together stay. */
  public static List<Point> thinned(List<Point> points) {
    if (points.size() <= 2 * MOST_COLUMNS) {
      return points;
    }
    List<Point> kept = new ArrayList<>();
    for (int column = 0; column < MOST_COLUMNS; column++) {
      int from = (int) ((long) column * points.size() / MOST_COLUMNS);
      int to = (int) ((long) (column + 1) * points.size() / MOST_COLUMNS);
      int lowest = from;
      int highest = from;
      for (int i = from; i < to; i++) {
        lowest = points.get(i).value() < points.get(lowest).value() ? i : lowest;
        highest = points.get(i).value() > points.get(highest).value() ? i : highest;
      }
      kept.add(points.get(Math.min(lowest, highest)));
      if (lowest != highest) {
        kept.add(points.get(Math.max(lowest, highest)));
      }
    }
    return kept;
  }

  public void line(String name, String style, List<Point> points) {
    if (!points.isEmpty()) {
      shapes.add(new Shape(name, "line " + style, "M" + path(points), points));
    }
  }

  /** What lies between two curves with the same moments. */
  public void area(String name, String style, List<Point> low, List<Point> high) {
    List<Point> heights = new ArrayList<>();
    for (int i = 0; i < high.size(); i++) {
      heights.add(new Point(high.get(i).at(), high.get(i).value() - low.get(i).value()));
    }
    shapes.add(new Shape(name, "area " + style, "M" + path(high) + "L" + path(low.reversed()) + "Z", heights));
  }

  /** A moment with its name, drawn over the whole height. */
  public void moment(Instant at, String label, String style) {
    moments.add(new Moment(at, label, style));
  }

  /** A moment in the strip below the field. */
  public void beat(Instant at, String style) {
    beats.add(new Moment(at, "", style));
  }

  /** A level that is not to be passed. */
  public void level(double value, String label) {
    levels.add(new Level(value, label));
  }

  /**
   * Draws it.
   *
   * @param summary what there is to be seen, for who does not see it
   */
  public void write(Html html, String id, String summary) {
    html.open("figure", "class", "chart", "id", id, "data-from", Long.toString(axes.from().toEpochMilli()), "data-span",
        Long.toString((long) axes.spanMillis()), "data-unit", isBytes() ? "bytes" : "count", "data-base",
        axes.units() == Units.SI ? "1000" : "1024");
    html.leaf("figcaption", summary).newLine().open("div", "class", "plot");
    field(html);
    valueTicks(html);
    levels.forEach(level -> html.open("i", "class", "level", "style", "bottom:" + Html.percent(height(level.value())))
        .text(level.label()).close());
    moments(html);
    html.open("i", "class", "cursor", "hidden", "").close().close().newLine();
    strip(html);
    timeTicks(html);
    legend(html);
    html.close().newLine();
  }

  private void field(Html html) {
    svg(html, "field", HEIGHT);
    for (double value = valueStep(); value <= top(); value += valueStep()) {
      html.open("path", "class", "rule", "d", "M0," + y(value) + "H" + WIDTH).close();
    }
    for (Shape shape : shapes) {
      html.open("path", "class", shape.style(), "d", shape.path()).close();
    }
    levels.forEach(level -> html.open("path", "class", "limit",
        "d", "M0," + y(level.value()) + "H" + WIDTH).close());
    moments.forEach(moment -> html.open("path", "class", "moment " + moment.style(),
        "d", "M" + x(moment.at()) + ",0V" + HEIGHT).close());
    html.close().newLine();
  }

  private static void svg(Html html, String style, int height) {
    html.open("svg", "class", style, "viewBox", "0 0 " + WIDTH + " " + height, "preserveAspectRatio", "none",
        "aria-hidden", "true");
  }

  private void valueTicks(Html html) {
    double step = valueStep();
    for (double value = 0; value <= top(); value += step) {
      html.open("i", "class", "tick", "style", "bottom:" + Html.percent(height(value)))
          .text(axes.units().level(value, axes.unit())).close();
    }
    html.newLine();
  }

  /** The least round step with which few enough ticks are drawn; of bytes, round in their unit. */
  private double valueStep() {
    double unit = 1;
    int base = !isBytes() || axes.units() == Units.SI ? 1000 : 1024;
    while (axes.top() / unit >= 2 * base) {
      unit *= base;
    }
    for (int factor : List.of(1, 2, 5, 10, 20, 50, 100, 200, 500)) {
      if (axes.top() / (factor * unit) <= TICKS_OF_VALUE) {
        return factor * unit;
      }
    }
    return unit * base;
  }

  private boolean isBytes() {
    return axes.unit() == SeriesUnit.BYTES || axes.unit() == SeriesUnit.BYTES_COUNTER;
  }

  /** Labels that would run into one another are left to the legend of moments. */
  private void moments(Html html) {
    double last = -1;
    for (Moment moment : moments) {
      double share = share(moment.at());
      boolean isRoom = share - last >= LABEL_SHARE;
      html.open("i", "class", "flag " + moment.style() + (isRoom ? "" : " crowded"), "data-at",
          String.format(Locale.ROOT, "%.5f", share), "style", "left:" + Html.percent(share)).text(moment.label())
          .close();
      last = isRoom ? share : last;
    }
  }

  private void strip(Html html) {
    if (beats.isEmpty()) {
      return;
    }
    svg(html, "strip", 10);
    beats.forEach(beat -> html.open("path", "class", beat.style(), "d", "M" + x(beat.at()) + ",0V10").close());
    html.close().newLine();
  }

  private void timeTicks(Html html) {
    html.open("div", "class", "times");
    long step = STEPS.stream().mapToLong(Duration::toMillis).filter(one -> axes.spanMillis() / one <= TICKS_OF_TIME)
        .findFirst().orElse((long) axes.spanMillis());
    for (long millis = 0; millis <= axes.spanMillis(); millis += step) {
      html.open("i", "style", "left:" + Html.percent(millis / axes.spanMillis())).text(elapsed(millis)).close();
    }
    html.close().newLine();
  }

  /** {@code 40 s}, {@code 1:30 min}, {@code 45 min}, {@code 2:30 h}, {@code 3 d 12 h}. */
  static String elapsed(long millis) {
    long seconds = millis / 1000;
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + (seconds % 60 == 0 ? "" : String.format(Locale.ROOT, ":%02d", seconds % 60)) + " min";
    }
    if (seconds < 86_400) {
      long minutes = seconds / 60;
      return minutes / 60 + (minutes % 60 == 0 ? "" : String.format(Locale.ROOT, ":%02d", minutes % 60)) + " h";
    }
    long hours = seconds / 3600;
    return hours / 24 + " d" + (hours % 24 == 0 ? "" : " " + hours % 24 + " h");
  }

  private void legend(Html html) {
    html.open("p", "class", "when").text("At the end:").close().open("ul", "class", "keys");
    for (Shape shape : shapes.stream().filter(one -> !one.name().isEmpty()).toList().reversed()) {
      html.open("li", "data-at", at(shape.values()), "data-values", values(shape.values()))
          .open("span", "class", "key " + shape.style()).close().leaf("span", "name", shape.name())
          .leaf("b", "value", axes.units().level(shape.values().getLast().value(), axes.unit())).close().newLine();
    }
    html.close().newLine();
  }

  private String at(List<Point> points) {
    StringBuilder text = new StringBuilder();
    points.forEach(point -> text.append(text.isEmpty() ? "" : ",")
        .append(Duration.between(axes.from(), point.at()).toMillis()));
    return text.toString();
  }

  private static String values(List<Point> points) {
    StringBuilder text = new StringBuilder();
    points.forEach(point -> text.append(text.isEmpty() ? "" : ",").append(Math.round(point.value())));
    return text.toString();
  }

  private String path(List<Point> points) {
    StringBuilder text = new StringBuilder();
    points.forEach(point -> text.append(text.isEmpty() ? "" : "L").append(x(point.at())).append(',')
        .append(y(point.value())));
    return text.toString();
  }

  private double top() {
    return Math.max(1, axes.top() * 1.06);
  }

  private double height(double value) {
    return Math.clamp(value / top(), 0, 1);
  }

  private double share(Instant at) {
    return Math.clamp(Duration.between(axes.from(), at).toMillis() / axes.spanMillis(), 0, 1);
  }

  private String x(Instant at) {
    return String.format(Locale.ROOT, "%.2f", WIDTH * share(at));
  }

  private String y(double value) {
    return String.format(Locale.ROOT, "%.1f", HEIGHT * (1 - height(value)));
  }
}
