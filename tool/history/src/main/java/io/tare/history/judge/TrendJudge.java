package io.tare.history.judge;

import io.tare.history.judge.Curve.Medians;
import io.tare.history.judge.CurveShapes.EvenRise;
import io.tare.history.judge.CurveShapes.Flattening;
import io.tare.history.judge.CurveShapes.LevelChange;
import io.tare.history.judge.CurveShapes.SawtoothFloor;
import io.tare.history.judge.SenSlope.Slope;
import io.tare.model.history.SeriesVerdict.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a curve grows.
 *
 * <p>It grows when the slope's whole interval lies above zero, the growth matters, and it goes on evenly until the end. A start
 * that does not fit (warm-up, another level) is cut off: of several cuts the first one counts whose rest is clear. The floor
 * stands for a sawtooth.
 */
public final class TrendJudge {
  private static final int FINE = 960;
  private static final int COARSE = 120;
  private static final int TEETH = 240;
  private static final int LEAST_SIDE = 5;
  private static final double[] CUTS = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 0.9};
  /** Steady is not said where noise could hide growth by this part of the level. */
  private static final double MOST_HIDDEN = 0.5;
  /** After a start that rose so much faster, what goes on may be the end of it. */
  private static final double STEEPER = 1.5;
  /** Then growth must be this clear. */
  private static final double CLEAR_AFTER_STEEPER = 0.6;
  private static final double LONGEST_WAIT = 86_400;

  private final Margin margin;

  public TrendJudge(Margin margin) {
    this.margin = margin;
  }

  /** Costs about the sorting of the curve, whatever its length. */
  public Trend judge(Curve raw) {
    Curve curve = raw.thinned(FINE);
    if (curve.size() < 2) {
      return unknown(curve, false, Optional.empty(), margin.seconds());
    }
    Optional<Curve> floor = SawtoothFloor.bottoms(curve.thinned(TEETH), margin);
    Curve judged = floor.orElse(curve);
    Optional<LevelChange> step = step(judged);
    Optional<Trend> clear = clear(judged, step, floor.isPresent());
    if (clear.isEmpty() && floor.isPresent()) {
      clear = clear(curve, step(curve), false);
    }
    return clear.or(() -> twoLevels(judged, step, floor.isPresent())).orElseGet(
        () -> unknown(judged, floor.isPresent(), step, Math.max(0, margin.seconds() - judged.span())));
  }

  private Optional<Trend> clear(Curve curve, Optional<LevelChange> step, boolean sawtooth) {
    List<Part> parts = parts(curve, step, sawtooth);
    Optional<Trend> growing = parts.stream().filter(Part::grows).findFirst()
        .map(part -> part.trend(Direction.GROWING, sawtooth, stepBefore(step, part)));
    return growing.or(() -> parts.stream().filter(Part::isSteady).findFirst().map(part -> part
        .trend(part.falls() ? Direction.FALLING : Direction.STEADY, sawtooth, stepBefore(step, part))));
  }

  /** One step with nothing on either side of it is no growth, though too little time has passed since. */
  private Optional<Trend> twoLevels(Curve curve, Optional<LevelChange> step, boolean sawtooth) {
    if (step.isEmpty() || curve.span() < margin.seconds()) {
      return Optional.empty();
    }
    Curve before = curve.before(step.get().second());
    Curve after = curve.after(step.get().second());
    if (Math.min(before.size(), after.size()) < LEAST_SIDE) {
      return Optional.empty();
    }
    Curve nothing = curve.before(0);
    Part since = new Part(after.thinned(COARSE), nothing, sawtooth, margin);
    boolean flat = new Part(before.thinned(COARSE), nothing, sawtooth, margin).isSteady() && since.isSteady();
    return flat ? Optional.of(since.trend(Direction.STEADY, sawtooth, step)) : Optional.empty();
  }

  private Optional<LevelChange> step(Curve curve) {
    return LevelChange.in(curve.thinned(COARSE)).filter(step -> Math.abs(step.height()) > margin.at(step.height()));
  }

  private static Optional<LevelChange> stepBefore(Optional<LevelChange> step, Part part) {
    return step.filter(s -> s.second() <= part.curve.second(0));
  }

  /** The curve from each cut on, as far as enough of it is left. */
  private List<Part> parts(Curve curve, Optional<LevelChange> step, boolean sawtooth) {
    List<Part> parts = new ArrayList<>();
    double start = curve.second(0);
    double least = Math.max(margin.seconds(), curve.span() / 20);
    boolean splitAtStep = step.isEmpty();
    for (double cut : CUTS) {
      double from = start + cut * curve.span();
      if (!splitAtStep && step.get().second() <= from) {
        add(curve.after(step.get().second()), least, sawtooth, parts);
        splitAtStep = true;
      }
      add(curve.after(from), least, sawtooth, parts);
    }
    return parts;
  }

  private void add(Curve curve, double least, boolean sawtooth, List<Part> parts) {
    if (curve.size() >= 5 && curve.span() >= least) {
      Curve start = parts.isEmpty() ? curve.before(0) : parts.getFirst().curve.before(curve.second(0));
      parts.add(new Part(curve.thinned(COARSE), start, sawtooth, margin));
    }
  }

  private Trend unknown(Curve curve, boolean sawtooth, Optional<LevelChange> step, double missingSeconds) {
    Curve coarse = curve.thinned(COARSE);
    Slope slope = SenSlope.of(coarse);
    double span = Math.max(curve.span(), 1);
    boolean slowing = coarse.size() >= 8 && EvenRise.of(coarse).slowsDown();
    Optional<Flattening> flattening = sawtooth ? Optional.empty() : Flattening.of(coarse);
    double needs = missingSeconds > 0 ? missingSeconds : slope.isBounded() ? wait(slope, span, curve.median()) : span;
    double first = curve.isEmpty() ? 0 : curve.value(0);
    double last = curve.isEmpty() ? 0 : curve.value(curve.size() - 1);
    return new Trend(Direction.UNKNOWN, slope, curve.isEmpty() ? 0 : curve.second(0), first, last, sawtooth, step,
        slowing, flattening, OptionalDouble.of(Math.clamp(needs, 60, LONGEST_WAIT)));
  }

  /** The interval narrows with the power of one and a half of the time. */
  private double wait(Slope slope, double span, double level) {
    double wanted = Math.max(Math.abs(slope.perSecond()), margin.at(level) / span);
    double times = Math.pow((slope.high() - slope.low()) / (2 * wanted), 2.0 / 3);
    return Math.max(0.3, times - 1) * span;
  }

  /** The time from one cut on. Slopes cost most: they are found when they are asked for. */
  private static final class Part {
    private final Curve curve;
    private final Curve cutOff;
    private final boolean sawtooth;
    private final Margin margin;
    private final EvenRise blocks;
    private final double matters;
    private @Nullable Slope found;

    Part(Curve curve, Curve cutOff, boolean sawtooth, Margin margin) {
      this.curve = curve;
      this.cutOff = cutOff;
      this.sawtooth = sawtooth;
      this.margin = margin;
      blocks = EvenRise.of(curve);
      matters = margin.at(curve.median());
    }

    private Slope slope() {
      Slope slope = found != null ? found : sawtooth ? SenSlope.byRank(curve) : SenSlope.of(curve);
      found = slope;
      return slope;
    }

    boolean grows() {
      if (!blocks.risesEvenly()) {
        return false;
      }
      Slope slope = slope();
      return slope.isBounded() && slope.isAboveZero() && slope.perSecond() * curve.span() >= matters
          && slope.low() >= clear(slope) * slope.perSecond() && !blocks.slowsDown() && flattens().isEmpty();
    }

    private double clear(Slope slope) {
      boolean slower = cutOff.size() >= 3 && SenSlope.slopeOf(cutOff) > STEEPER * slope.perSecond();
      return slower ? CLEAR_AFTER_STEEPER : margin.clear();
    }

    /** Growth, if there is any, is too little to matter, or nothing new was seen in the last third. */
    boolean isSteady() {
      Slope slope = slope();
      if (slope.isBounded() && slope.high() * curve.span() <= 2 * matters) {
        return true;
      }
      double within = slope.isBounded() && slope.low() <= 0 ? Math.max(matters, noise()) : matters;
      boolean hides = slope.isBounded() && slope.high() * curve.span() > 2 * matters + MOST_HIDDEN * curve.median();
      return !hides && slope.perSecond() * curve.span() <= within && blocks.isBounded(within);
    }

    /** How far readings lie from the line, usually. */
    private double noise() {
      double[] distances = new double[curve.size()];
      double middle = curve.median();
      double center = curve.second(0) + curve.span() / 2;
      double perSecond = slope().perSecond();
      Arrays.setAll(distances, i -> Math.abs(curve.value(i) - middle - perSecond * (curve.second(i) - center)));
      return 1.5 * Medians.median(distances, 0, distances.length);
    }

    boolean falls() {
      Slope slope = slope();
      return slope.isBounded() && slope.high() < 0 && slope.perSecond() * curve.span() <= -matters;
    }

    /** Where it ends by itself, if it bends towards that. */
    Optional<Flattening> flattens() {
      return Flattening.of(curve);
    }

    Trend trend(Direction direction, boolean sawtooth, Optional<LevelChange> step) {
      return new Trend(direction, slope(), curve.second(0), curve.value(0), curve.value(curve.size() - 1), sawtooth,
          step, false, Optional.empty(), OptionalDouble.empty());
    }
  }

  /**
   * What a curve does.
   *
   * @param slope of the time judged
   * @param fromSecond since when it was judged
   * @param first level at the start of the time judged
   * @param last level at its end
   * @param sawtooth whether the floor of a sawtooth was judged
   * @param step the change of level that it was split at, if any
   * @param slowing whether it still rises, but slower and slower
   * @param flattening where it seems to end, if it bends
   * @param needsSeconds how much more time would settle it; empty unless the direction is unknown
   */
  public record Trend(Direction direction, Slope slope, double fromSecond, double first, double last, boolean sawtooth,
      Optional<LevelChange> step, boolean slowing, Optional<Flattening> flattening, OptionalDouble needsSeconds) {}

  /**
   * What is too little to matter.
   *
   * @param amount growth over the time judged, in the curve's unit
   * @param share the same as a part of the level
   * @param seconds the least time that a judgement rests on
   * @param clear growth is clear when even the low end of the slope's interval is this part of the estimate
   */
  public record Margin(double amount, double share, double seconds, double clear) {
    double at(double level) {
      return Math.max(amount, share * Math.abs(level));
    }
  }
}
