package io.tare.history.judge;

import io.tare.history.judge.SenSlope.LineFit;
import io.tare.history.judge.TrendJudge.Margin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a curve looks like, whatever its slope: an even rise, one change of level, a sawtooth. */
final class CurveShapes {
  private CurveShapes() {}

  /** Levels of equal stretches of time: does a rise go on all the time, or did it come at once, or end? */
  static final class EvenRise {
    private static final int MOST = 6;
    private static final int LEAST = 4;
    private static final int READINGS_EACH = 8;
    /** A rise that goes on has no stretch that brought more of it than this. */
    private static final double MOST_AT_ONCE = 0.55;
    private static final double MOST_OF_A_RISE = 2.5;
    private static final double LEAST_OF_A_RISE = 0.1;
    private static final double LEAST_AT_THE_END = 0.3;
    /** Growth that slows down more than this may end by itself: a cache that fills, a warm-up. */
    private static final double LEAST_KEPT = 0.6;

    private final Curve curve;
    private final Curve levels;

    private EvenRise(Curve curve, Curve levels) {
      this.curve = curve;
      this.levels = levels;
    }

    static EvenRise of(Curve curve) {
      int count = Math.clamp(curve.size() / READINGS_EACH, LEAST, MOST);
      return new EvenRise(curve, curve.size() <= MOST ? curve : curve.stretches(count));
    }

    /** Whether it rises from stretch to stretch, evenly, until the end. */
    boolean risesEvenly() {
      int last = levels.size() - 1;
      double rise = levels.value(last) - levels.value(0);
      if (last < LEAST - 1 || rise <= 0) {
        return false;
      }
      double slope = rise / (levels.second(last) - levels.second(0));
      int flat = 0;
      for (int i = 1; i <= last; i++) {
        double expected = slope * time(i);
        flat += rise(i) < LEAST_OF_A_RISE * expected ? 1 : 0;
        if (rise(i) > Math.max(MOST_AT_ONCE * rise, MOST_OF_A_RISE * expected)) {
          return false;
        }
      }
      return flat <= (last >= 5 ? 1 : 0) && rise(last) >= LEAST_AT_THE_END * slope * time(last);
    }

    private double rise(int i) {
      return levels.value(i) - levels.value(i - 1);
    }

    private double time(int i) {
      return levels.second(i) - levels.second(i - 1);
    }

    /** By the levels and by the slopes of both halves: with few readings either alone is misled too easily. */
    boolean slowsDown() {
      int last = levels.size() - 1;
      int half = last / 2;
      if (half == 0) {
        return false;
      }
      double middle = curve.second(0) + curve.span() / 2;
      return slower(slope(0, half), slope(last - half, last))
          && slower(SenSlope.slopeOf(curve.before(middle)), SenSlope.slopeOf(curve.after(middle)));
    }

    private static boolean slower(double early, double late) {
      return early > 0 && late < LEAST_KEPT * early;
    }

    private double slope(int from, int to) {
      return (levels.value(to) - levels.value(from)) / Math.max(1e-9, levels.second(to) - levels.second(from));
    }

    /** Whether the last third stays within what was seen before, but for the margin. */
    boolean isBounded(double margin) {
      int size = levels.size();
      int split = size - Math.max(1, size / 3);
      double before = Double.NEGATIVE_INFINITY;
      double after = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < size; i++) {
        before = i < split ? Math.max(before, levels.value(i)) : before;
        after = i < split ? after : Math.max(after, levels.value(i));
      }
      return after <= before + margin;
    }
  }

  /**
   * One change of level at one moment, with nothing before and after it: another configuration, a pool that was made.
   *
   * @param second when
   * @param height by how much, negative for a fall
   */
  public record LevelChange(double second, double height) {
    /** A step explains a curve when two levels leave so much less of it open than a line does. */
    private static final double BETTER_THAN_A_LINE = 0.5;

    /** The step that explains the curve better than a line does. */
    static Optional<LevelChange> in(Curve curve) {
      int size = curve.size();
      if (size < 8) {
        return Optional.empty();
      }
      double[] sum = new double[size + 1];
      double[] squares = new double[size + 1];
      double offset = curve.median();
      for (int i = 0; i < size; i++) {
        double value = curve.value(i) - offset;
        sum[i + 1] = sum[i] + value;
        squares[i + 1] = squares[i] + value * value;
      }
      int best = 2;
      double least = Double.MAX_VALUE;
      for (int split = 2; split <= size - 2; split++) {
        double left = squares[split] - sum[split] * sum[split] / split;
        double right = squares[size] - squares[split]
            - (sum[size] - sum[split]) * (sum[size] - sum[split]) / (size - split);
        if (left + right < least) {
          least = left + right;
          best = split;
        }
      }
      double second = curve.second(best);
      double height = curve.after(second).median() - curve.before(second).median();
      return height != 0 && least < BETTER_THAN_A_LINE * LineFit.of(curve).left()
          ? Optional.of(new LevelChange(second, height))
          : Optional.empty();
    }
  }

  /**
   * A rise towards a bound: {@code level = bound - height * exp(-time / scale)}. Caches that fill and warm-ups do that; so does nothing
   * that leaks.
   *
   * @param bound where it ends
   * @param scaleSeconds after so long two thirds of what is missing are there
   */
  public record Flattening(double bound, double scaleSeconds) {
    /** A bend explains a curve when it leaves so much less of it open than a line does. */
    private static final double BETTER_THAN_A_LINE = 0.6;
    private static final int LEAST = 12;
    /** Scales that are tried: from a twentieth of the time to all of it; what bends less is as good as a line. */
    private static final double[] SCALES = {0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0};

    /** The bend that explains the curve better than a line does, as far as it leaves something to come. */
    static Optional<Flattening> of(Curve curve) {
      if (curve.size() < LEAST || curve.span() <= 0) {
        return Optional.empty();
      }
      double least = BETTER_THAN_A_LINE * LineFit.of(curve).left();
      Flattening best = null;
      for (double scale : SCALES) {
        double seconds = scale * curve.span();
        Bend bend = Bend.of(curve, seconds);
        if (bend.height() > 0 && bend.left() < least) {
          least = bend.left();
          best = new Flattening(bend.bound(), seconds);
        }
      }
      return Optional.ofNullable(best);
    }

    /** The best bound and height for a scale, by least squares, and what they leave open. */
    private record Bend(double bound, double height, double left) {
      static Bend of(Curve curve, double scaleSeconds) {
        int size = curve.size();
        double offset = curve.median();
        double decays = 0;
        double levels = 0;
        double decaysSquared = 0;
        double levelsSquared = 0;
        double both = 0;
        for (int i = 0; i < size; i++) {
          double decay = Math.exp(-(curve.second(i) - curve.second(0)) / scaleSeconds);
          double level = curve.value(i) - offset;
          decays += decay;
          levels += level;
          decaysSquared += decay * decay;
          levelsSquared += level * level;
          both += decay * level;
        }
        double spread = decaysSquared - decays * decays / size;
        double together = both - decays * levels / size;
        double slope = spread <= 0 ? 0 : together / spread;
        double left = levelsSquared - levels * levels / size - slope * together;
        return new Bend(offset + (levels - slope * decays) / size, -slope, Math.max(0, left));
      }
    }
  }

  /** The sawtooth of something that fills and empties again and again: a cache with a time to live, a pool. Its floor tells. */
  static final class SawtoothFloor {
    /** A fall of this part of the whole range is a tooth. */
    private static final double LEAST_FALL = 0.3;
    private static final int LEAST_BOTTOMS = 5;

    private SawtoothFloor() {}

    /** The lowest reading of each valley between two teeth; empty where there is no sawtooth. */
    static Optional<Curve> bottoms(Curve curve, Margin margin) {
      double least = LEAST_FALL * (curve.highest() - curve.lowest());
      if (least < margin.at(curve.median()) || curve.size() < 4 * LEAST_BOTTOMS) {
        return Optional.empty();
      }
      List<Integer> bottoms = valleys(curve, least);
      return bottoms.size() < LEAST_BOTTOMS
          ? Optional.empty()
          : Optional.of(curve.pick(bottoms.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** Turning points by the rule of the zigzag: a valley counts when it fell and rose by at least that much. */
    private static List<Integer> valleys(Curve curve, double least) {
      List<Integer> valleys = new ArrayList<>();
      int top = 0;
      int bottom = -1;
      for (int i = 1; i < curve.size(); i++) {
        double value = curve.value(i);
        if (bottom < 0) {
          top = value > curve.value(top) ? i : top;
          bottom = curve.value(top) - value >= least ? i : -1;
        } else if (value < curve.value(bottom)) {
          bottom = i;
        } else if (value - curve.value(bottom) >= least) {
          valleys.add(bottom);
          top = i;
          bottom = -1;
        }
      }
      return valleys;
    }
  }
}
