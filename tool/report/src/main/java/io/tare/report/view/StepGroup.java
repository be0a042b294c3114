package io.tare.report.view;

import io.tare.model.report.Scales;
import java.util.ArrayList;
import java.util.List;

/** All steps from one scale to another. */
public record StepGroup(String from, String to, List<Line> lines) {
  public StepGroup {
    lines = List.copyOf(lines);
  }

  /** One difference: whether it is taken away, what, and how much (never negative). */
  public record Line(boolean isMinus, String what, long bytes) {}

  /** Steps with the same two ends belong together; order is kept. */
  public static List<StepGroup> of(List<Scales.Step> steps) {
    List<StepGroup> groups = new ArrayList<>();
    for (Scales.Step step : steps) {
      boolean isNew = groups.isEmpty() || !groups.getLast().joins(step);
      List<Line> lines = new ArrayList<>(isNew ? List.of() : groups.removeLast().lines());
      lines.add(line(step));
      groups.add(new StepGroup(step.from(), step.to(), lines));
    }
    return groups;
  }

  private boolean joins(Scales.Step step) {
    return from.equals(step.from()) && to.equals(step.to());
  }

  // The sign stands in front of the words, or on the number: either says that it is taken away.
  private static Line line(Scales.Step step) {
    String what = step.what().strip();
    boolean hasMinus = what.startsWith("-") || what.startsWith("\u2212");
    boolean hasSign = hasMinus || what.startsWith("+");
    return new Line(hasMinus || step.bytes() < 0, hasSign ? what.substring(1).strip() : what, Math.abs(step.bytes()));
  }
}
