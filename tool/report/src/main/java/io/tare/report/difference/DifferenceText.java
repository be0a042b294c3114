package io.tare.report.difference;

import io.tare.model.history.Difference;
import io.tare.model.history.Difference.Line;
import io.tare.model.history.Difference.PhaseDifference;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.Snapshot;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What moved between two weighings, for a terminal. */
public final class DifferenceText {
  private static final int MOST_ACCOUNTS_OF_A_PHASE = 5;

  private final Page page;

  private DifferenceText(TextOptions options) {
    page = new Page(options);
  }

  public static String render(Difference difference, TextOptions options) {
    return new DifferenceText(options).print(difference);
  }

  private String print(Difference difference) {
    side("before", difference.before());
    side("after", difference.after());
    page.blank();
    page.prose("", difference.summary(), Style.BOLD);
    difference.notes().forEach(note -> page.prose("", note, Style.PLAIN));
    table("SCALES", difference.scales());
    table("WHAT MOVED", difference.accounts().stream().filter(Line::moved).toList());
    List<Line> rest = difference.accounts().stream().filter(line -> !line.moved() && line.change().isPresent())
        .toList();
    if (page.showsAll()) {
      table("WITHIN NOISE", rest);
    } else if (!rest.isEmpty()) {
      page.blank();
      page.line().add(Count.of(rest.size(), "account") + " moved by no more than noise; --all lists them.",
          Style.FAINT);
    }
    difference.phases().forEach(this::phase);
    return page.print();
  }

  /** What moved in a phase of both recordings, and where they differ in it. */
  private void phase(PhaseDifference phase) {
    String from = phase.fromLabel().isEmpty() ? "beginning" : phase.fromLabel();
    String to = phase.toLabel().isEmpty() ? "end" : phase.toLabel();
    page.heading("IN THE PHASE", from + " \u2192 " + to);
    page.line().right(36, "before", Style.FAINT).right(48, "after", Style.FAINT).right(60, "difference", Style.FAINT);
    page.line().add("  ").fit(26, "time", Style.PLAIN).right(36, Time.lasting(phase.beforeMillis()), Style.PLAIN)
        .right(48, Time.lasting(phase.afterMillis()), Style.PLAIN);
    moved("gross", OptionalLong.of(phase.beforeBytes()), OptionalLong.of(phase.afterBytes()));
    phase.accounts().stream().limit(page.showsAll() ? Long.MAX_VALUE : MOST_ACCOUNTS_OF_A_PHASE)
        .forEach(line -> moved(line.id(), line.beforeBytes(), line.afterBytes()));
  }

  private void moved(String id, OptionalLong before, OptionalLong after) {
    long difference = after.orElse(0) - before.orElse(0);
    boolean isKnown = before.isPresent() && after.isPresent();
    Style style = !isKnown || difference == 0 ? Style.FAINT : difference < 0 ? Style.GREEN : Style.YELLOW;
    page.line().add("  ").fit(26, id, Style.PLAIN).right(36, change(before), Style.PLAIN)
        .right(48, change(after), Style.PLAIN)
        .right(60, isKnown ? page.units().signedLevel((double) difference, SeriesUnit.BYTES) : "-", style);
  }

  private String change(OptionalLong bytes) {
    return bytes.isPresent() ? page.units().signedLevel((double) bytes.getAsLong(), SeriesUnit.BYTES) : "-";
  }

  private void side(String which, Snapshot weighing) {
    page.line().add(which, Style.FAINT).to(8).add(weighing.label(), Style.BOLD)
        .fit(page.width(), "  " + weighing.target() + ", " + Time.utc(weighing.at()), Style.FAINT);
  }

  private void table(String title, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    page.heading(title, "");
    page.line().right(36, "before", Style.FAINT).right(48, "after", Style.FAINT).right(60, "change", Style.FAINT)
        .right(76, "noise", Style.FAINT);
    for (Line line : lines) {
      Style style = !line.moved() ? Style.FAINT : line.change().orElse(0) < 0 ? Style.GREEN : Style.YELLOW;
      page.line().add("  ").fit(26, line.id(), Style.PLAIN).right(36, level(line, line.before()), Style.PLAIN)
          .right(48, level(line, line.after()), Style.PLAIN)
          .right(60, line.change().isPresent()
              ? page.units().signedLevel(line.change().getAsDouble(), line.unit())
              : "-", style)
          .right(76, "± " + page.units().level(line.noise(), line.unit()), Style.FAINT);
    }
  }

  private String level(Line line, OptionalDouble value) {
    return value.isPresent() ? page.units().level(value.getAsDouble(), line.unit()) : "-";
  }
}
