package io.tare.history.judge;

import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.judge.LeakJudge.LeakRoles;
import io.tare.history.judge.SenSlope.Slope;
import io.tare.history.judge.TrendJudge.Margin;
import io.tare.history.judge.TrendJudge.Trend;
import io.tare.model.history.Series;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.SeriesVerdict.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One series judged and put into words. */
final class SeriesVerdicts {
  private static final double SECONDS_PER_HOUR = 3600;
  /** Small: what its collector may leave behind is asked, too. */
  private static final double MARGIN_OF_HEAP = 1 << 20;
  private static final double MARGIN_SHARE = 0.002;
  private static final double CLEAR = 0.35;
  /** What a collection leaves does not hang together with what the last one left: chance looks less like growth. */
  private static final double CLEAR_OF_HEAP = 0.25;

  private SeriesVerdicts() {}

  static SeriesVerdict of(Series series, LeakRole charge, LeakOptions options, boolean ended) {
    return of(series.id(), series.unit(), charge, Curve.of(series.points()), options, ended);
  }

  /** @param ended whether the process has ended: then all is told as of what was */
  static SeriesVerdict of(String id, SeriesUnit unit, LeakRole charge, Curve curve, LeakOptions options,
      boolean ended) {
    Trend trend = new TrendJudge(margin(id, unit, options)).judge(curve);
    return new SeriesVerdict(id, unit, charge, trend.direction(), trend.first(), trend.last(), perHour(trend.slope()),
        curve.isEmpty() ? Instant.EPOCH : curve.at(trend.fromSecond()), needs(trend),
        words(trend, curve, unit, ended));
  }

  /** How much growth matters, by what is counted. */
  private static Margin margin(String id, SeriesUnit unit, LeakOptions options) {
    double seconds = options.least().toMillis() / 1e3;
    if (id.equals(LeakRoles.HEAP)) {
      return new Margin(MARGIN_OF_HEAP, MARGIN_SHARE, seconds, CLEAR_OF_HEAP);
    }
    if (unit == SeriesUnit.BYTES) {
      return new Margin(options.leastBytes(), MARGIN_SHARE, seconds, CLEAR);
    }
    return new Margin(id.equals(SeriesNames.CLASSES) ? 40 : 4, MARGIN_SHARE, seconds, CLEAR);
  }

  private static Optional<Rate> perHour(Slope slope) {
    return slope.isBounded()
        ? Optional.of(new Rate(slope.perSecond() * SECONDS_PER_HOUR, slope.low() * SECONDS_PER_HOUR,
            slope.high() * SECONDS_PER_HOUR))
        : Optional.empty();
  }

  private static Optional<Duration> needs(Trend trend) {
    return trend.needsSeconds().isPresent()
        ? Optional.of(Duration.ofSeconds(Math.round(trend.needsSeconds().getAsDouble())))
        : Optional.empty();
  }

  private static String words(Trend trend, Curve curve, SeriesUnit unit, boolean ended) {
    return switch (trend.direction()) {
      case GROWING -> (ended ? "grew" : "grows") + growing(trend, curve, unit);
      case STEADY -> "steady" + steadySince(trend, curve, unit) + mostGrowth(trend, unit, ended);
      case FALLING -> "fell from " + AmountWords.of(trend.first(), unit) + " to " + AmountWords.of(trend.last(), unit);
      case UNKNOWN -> unknown(trend, curve, unit, ended);
    };
  }

  private static String growing(Trend trend, Curve curve, SeriesUnit unit) {
    double seconds = curve.second(curve.size() - 1) - trend.fromSecond();
    return " evenly" + (trend.sawtooth() ? ", measured at the floor of a sawtooth," : "") + " from "
        + AmountWords.of(trend.first(), unit) + " to " + AmountWords.of(trend.last(), unit) + " in "
        + AmountWords.time(seconds)
        + cut(trend, curve);
  }

  /** What was left out at the start, when it is worth a word. */
  private static String cut(Trend trend, Curve curve) {
    double left = trend.fromSecond() - curve.second(0);
    return left < curve.span() * 0.05 ? "" : "; the " + AmountWords.time(left) + " before are left out";
  }

  private static String steadySince(Trend trend, Curve curve, SeriesUnit unit) {
    String level = " at " + AmountWords.of(curve.after(trend.fromSecond()).median(), unit);
    if (trend.step().isPresent()) {
      double height = trend.step().get().height();
      return level + " since it " + (height > 0 ? "rose" : "fell") + " by " + AmountWords.of(Math.abs(height), unit)
          + " in one step";
    }
    double left = trend.fromSecond() - curve.second(0);
    return level + (left < curve.span() * 0.05 ? "" : " after a warm-up of " + AmountWords.time(left))
        + (trend.sawtooth() ? " at the floor of its sawtooth" : "");
  }

  private static String mostGrowth(Trend trend, SeriesUnit unit, boolean ended) {
    double most = trend.slope().high() * SECONDS_PER_HOUR;
    return Double.isFinite(most) && most > 0
        ? (ended ? "; growth, if there was any, was below " : "; growth, if there is any, is below ")
            + AmountWords.of(most, unit) + " per hour"
        : "";
  }

  private static String unknown(Trend trend, Curve curve, SeriesUnit unit, boolean ended) {
    if (curve.size() < 2) {
      return "read " + (curve.isEmpty() ? "never" : "once") + ": nothing to compare";
    }
    String rise = AmountWords.of(curve.value(curve.size() - 1) - curve.value(0), unit) + " more in "
        + AmountWords.time(curve.span());
    if (trend.flattening().isPresent() && trend.flattening().get().bound() > trend.last()) {
      return rise + (ended ? ", and it flattened: it seemed to end at " : ", and it flattens: it seems to end at ")
          + AmountWords.of(trend.flattening().get().bound(), unit) + ", as a cache that fills does";
    }
    if (trend.slowing()) {
      return rise + ", but slower and slower: a warm-up or a cache that fills looks like this";
    }
    return trend.last() > trend.first()
        ? rise + ", not even enough, or not long enough, to say whether it " + (ended ? "went on" : "goes on")
        : "too little was seen to say where it " + (ended ? "went" : "goes");
  }

  /** The same course in another role. */
  static SeriesVerdict chargedTo(LeakRole charge, SeriesVerdict course, String words) {
    return new SeriesVerdict(course.id(), course.unit(), charge, course.direction(), course.first(), course.last(),
        course.perHour(), course.from(), course.needs(), words);
  }

  /** The same course under another direction: for what a trend alone does not prove. */
  static SeriesVerdict unproved(SeriesVerdict course, Optional<Duration> needs, String words) {
    return new SeriesVerdict(course.id(), course.unit(), course.charge(), Direction.UNKNOWN, course.first(),
        course.last(),
        course.perHour(), course.from(), needs, words);
  }
}
