package io.tare.report.ledger;

import io.tare.model.report.Scales;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.Units;
import java.util.List;
import java.util.Optional;

/** The scales on one axis, the limit as a line across them, and the steps from one scale to the next. */
final class ScalesHtml {
  private final Html html;
  private final Scales scales;
  private final Units units;
  private final List<ScaleRow> rows;
  private final long axis;

  ScalesHtml(Html html, Scales scales, Units units) {
    this.html = html;
    this.scales = scales;
    this.units = units;
    rows = ScaleRow.of(scales);
    axis = ScaleRow.axisBytes(rows);
  }

  void write() {
    html.open("section").leaf("h2", "The scales: which number ends this process?");
    if (!scales.killer().isBlank()) {
      html.leaf("p", "killer", scales.killer());
    }
    html.open("div", "class", "scales");
    rows.forEach(this::row);
    html.close().newLine();
    scales.group().ifPresent(this::group);
    List<ScaleRow.StepGroup> steps = ScaleRow.StepGroup.of(scales.steps());
    if (!steps.isEmpty()) {
      html.open("div", "class", "steps");
      steps.forEach(this::steps);
      html.close();
    }
    html.close().newLine();
  }

  private void row(ScaleRow row) {
    html.open("div", "class", "scale " + sort(row)).open("span", "class", "name").leaf("b", row.name())
        .leaf("small", row.meaning()).close();
    html.open("span", "class", "track");
    if (row.sort() == ScaleRow.Sort.WEIGHT || row.sort() == ScaleRow.Sort.PART) {
      fill("fill", 0, row.bytes());
    } else if (row.sort() == ScaleRow.Sort.ROOM) {
      limit().ifPresent(end -> fill("room", end.bytes() - row.bytes(), row.bytes()));
    }
    limitLine();
    html.close().leaf("span", "bytes", units.format(row.bytes())).close().newLine();
  }

  private static String sort(ScaleRow row) {
    return switch (row.sort()) {
      case WEIGHT -> "weight";
      case PART -> "part";
      case LIMIT -> "limit";
      case ROOM -> "headroom";
    };
  }

  private Optional<ScaleRow> limit() {
    return rows.stream().filter(row -> row.sort() == ScaleRow.Sort.LIMIT && row.bytes() <= axis).findFirst();
  }

  private void limitLine() {
    limit().ifPresent(row -> html
        .open("i", "class", "line", "style", "left:" + Html.percent(Count.share(row.bytes(), axis)), "title", "limit")
        .close());
  }

  private void fill(String cssClass, long from, long bytes) {
    if (bytes > 0) {
      html.open("i", "class", cssClass, "style", Html.leftWidth(Count.share(from, axis), Count.share(bytes, axis)))
          .close();
    }
  }

  private void group(Scales.Group group) {
    html.open("p", "class", "hint").text("Group " + ScaleRow.groupWords(group) + ".");
    if (!group.others().isEmpty()) {
      html.text(" Also charged here: " + String.join(", ", group.others()) + ".");
    }
    html.close();
    group.oomKills().ifPresent(kills -> {
      if (kills > 0) {
        html.leaf("p", "danger",
            "The kernel has already killed here for want of memory: " + Count.of(kills, "time") + ".");
      }
    });
  }

  private void steps(ScaleRow.StepGroup group) {
    html.open("div").leaf("h3", "From " + group.from() + " to " + group.to()).open("table");
    Optional<ScaleRow> from = ScaleRow.named(rows, group.from());
    from.ifPresent(row -> step("", row.name(), 0, row.bytes()));
    long at = from.map(ScaleRow::bytes).orElse(0L);
    for (ScaleRow.StepGroup.Line line : group.lines()) {
      long next = line.isMinus() ? at - line.bytes() : at + line.bytes();
      step(line.isMinus() ? "−" : "+", line.what(), Math.min(at, next), line.bytes());
      at = next;
    }
    ScaleRow.named(rows, group.to()).ifPresent(row -> step("=", row.name(), 0, row.bytes()));
    html.close().close().newLine();
  }

  private void step(String sign, String what, long from, long bytes) {
    String sort = switch (sign) {
      case "−" -> "minus";
      case "+" -> "plus";
      default -> "end";
    };
    html.open("tr", "class", sort).leaf("td", "sign", sign).leaf("td", "n", units.format(bytes))
        .leaf("td", "what", what)
        .open("td", "class", "float").open("i", "class", "track");
    fill("fill", from, bytes);
    html.close().close().close().newLine();
  }
}
