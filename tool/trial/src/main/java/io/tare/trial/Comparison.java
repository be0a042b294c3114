package io.tare.trial;

import io.tare.model.trial.Measure;
import io.tare.model.trial.TrialReport.Standing;
import io.tare.model.trial.TrialReport.Standing.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Who differs from whom in one measure. What runs of the same variant differ by is noise; it is taken from all variants together, as a
 * part of the value, since three runs of one alone say little. Two variants differ when their means lie further apart than noise would
 * bring them in one trial of thirty, all comparisons of the trial together.
 */
final class Comparison {
  private static final double FALSE_ALARMS = 0.03;
  /** Nobody acts on less, and the reading itself is no better. */
  private static final double LEAST_NAMED = 0.01;
  /** Above so many standard errors nine of ten draws lie where the mean lies above none. */
  private static final double NINE_OF_TEN = 1.282;

  private final Measure measure;
  private final List<double[]> logs;
  private final int freedom;
  private final double deviation;
  private final double part;
  private final double critical;

  /**
   * @param values of each variant's runs; none where it did not run, or was not measured
   * @param measures how many are compared in the trial: each is a chance more to be wrong
   */
  Comparison(Measure measure, List<double[]> values, int measures) {
    this.measure = measure;
    logs = values.stream().map(runs -> Arrays.stream(runs).map(this::log).toArray()).toList();
    freedom = logs.stream().mapToInt(runs -> Math.max(0, runs.length - 1)).sum();
    double squares = logs.stream().mapToDouble(Comparison::squares).sum();
    deviation = freedom == 0 ? Double.NaN : Math.sqrt(squares / freedom);
    long compared = Math.max(1, logs.stream().filter(runs -> runs.length > 0).count() - 1);
    part = 1 - FALSE_ALARMS / 2 / compared / measures;
    critical = freedom == 0 ? Double.NaN : StudentT.quantile(part, freedom);
  }

  /** Below a page, a millisecond or an item nothing is a ratio any more. A pause is a short time as a whole. */
  private double log(double value) {
    double least = measure == Measure.PAUSE ? 1e-4 : switch (measure.unit()) {
      case BYTES -> 64 << 10;
      case SECONDS -> 1e-2;
      case PER_SECOND -> 1e-3;
    };
    return Math.log(Math.max(least, value));
  }

  private static double squares(double[] runs) {
    double mean = mean(runs);
    return Arrays.stream(runs).map(run -> (run - mean) * (run - mean)).sum();
  }

  private static double mean(double[] runs) {
    return Arrays.stream(runs).average().orElse(Double.NaN);
  }

  /** What one variant's runs differ by, as a part of the value. */
  OptionalDouble noise() {
    return Double.isNaN(deviation) ? OptionalDouble.empty() : OptionalDouble.of(Math.expm1(deviation));
  }

  boolean has(int variant) {
    return logs.get(variant).length > 0;
  }

  /** The one variant against the other; both ran. */
  Standing against(int variant, int other) {
    double[] these = logs.get(variant);
    double[] those = logs.get(other);
    double difference = mean(these) - mean(those);
    if (freedom == 0) {
      return new Standing(Math.exp(difference), Double.NaN, Verdict.TOO_FEW_RUNS);
    }
    double error = critical * deviation * Math.sqrt(1.0 / these.length + 1.0 / those.length);
    boolean differs = Math.abs(difference) > error && Math.abs(Math.expm1(difference)) >= LEAST_NAMED;
    Verdict verdict = !differs ? Verdict.SAME : difference < 0 ? Verdict.LESS : Verdict.MORE;
    return new Standing(Math.exp(difference), Math.exp(error), verdict);
  }

  /**
   * In how many rounds these two would be told apart in nine of ten trials, were the difference and the noise what was seen; empty
   * where noise is not known, or where it would take more rounds than anybody plays.
   */
  OptionalInt roundsToTell(int variant, int other, int mostRounds) {
    double difference = Math.abs(mean(logs.get(variant)) - mean(logs.get(other)));
    int variants = (int) logs.stream().filter(runs -> runs.length > 0).count();
    if (freedom == 0 || Math.expm1(difference) < LEAST_NAMED) {
      return OptionalInt.empty();
    }
    return IntStream.rangeClosed(2, mostRounds).filter(rounds -> difference > deviation * Math.sqrt(2.0 / rounds)
        * (StudentT.quantile(part, variants * (rounds - 1)) + NINE_OF_TEN)).findFirst();
  }

  /** Quantiles of Student's distribution. */
  static final class StudentT {
    private static final double EVERYTHING = 1e6;

    private StudentT() {}

    /** The value below which that part of the distribution lies; the part is above one half. */
    static double quantile(double part, int freedom) {
      double low = 0;
      double high = EVERYTHING;
      for (int i = 0; i < 200 && high - low > 1e-9 * high; i++) {
        double middle = (low + high) / 2;
        if (below(middle, freedom) < part) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return (low + high) / 2;
    }

    /**
     * The part below a value that is not negative, in closed form: with theta = atan(t / sqrt(n)) a finite sum of powers of its cosine
     * (Abramowitz and Stegun 26.7.3 and 26.7.4).
     */
    static double below(double value, int freedom) {
      double theta = Math.atan(value / Math.sqrt(freedom));
      double cosine = Math.cos(theta);
      boolean isOdd = freedom % 2 == 1;
      double term = isOdd ? cosine : 1;
      double sum = freedom == 1 ? 0 : term;
      for (int k = isOdd ? 3 : 2; k < freedom; k += 2) {
        term *= cosine * cosine * (k - 1) / k;
        sum += term;
      }
      double within = isOdd ? 2 / Math.PI * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
      return 0.5 + within / 2;
    }
  }
}
