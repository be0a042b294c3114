package io.tare.history.judge;

import io.tare.model.history.Mark;
import io.tare.model.history.SampleColumn.Collector;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;

/** Makes time lines of processes that don't exist. */
final class Simulation {
  static final double MB = 1 << 20;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Random random;
  private final double seconds;
  private final List<Series> series = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();

  /** A level at a second. */
  @FunctionalInterface
  interface Level {
    double at(double second);

    default Level plus(Level other) {
      return second -> at(second) + other.at(second);
    }
  }

  Simulation(long seed, Duration time) {
    // Seeds that stand side by side give Random nearly the same first numbers: mix them.
    random = new Random(new SplittableRandom(seed).nextLong());
    seconds = time.toSeconds();
  }

  double between(double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  static Level constant(double level) {
    return second -> level;
  }

  static Level growing(double perMinute) {
    return second -> perMinute * second / 60;
  }

  static Level until(double perMinute, double end) {
    return second -> perMinute * Math.min(second, end) / 60;
  }

  static Level filling(double height, double timeConstant) {
    return second -> height * (1 - Math.exp(-second / timeConstant));
  }

  static Level step(double height, double at) {
    return second -> second < at ? 0 : height;
  }

  static Level sawtooth(double height, double period, double phase) {
    return second -> height * (((second + phase) % period) / period);
  }

  /** Independent noise. */
  Level noise(double deviation) {
    return second -> random.nextGaussian() * deviation;
  }

  /** Noise that hangs together for about so many seconds, sampled in order. */
  Level drift(double deviation, double memory) {
    double[] state = {random.nextGaussian() * deviation, 0};
    return second -> {
      double keep = Math.exp(-(second - state[1]) / memory);
      state[0] = state[0] * keep + random.nextGaussian() * deviation * Math.sqrt(1 - keep * keep);
      state[1] = second;
      return state[0];
    };
  }

  Simulation bytes(String id, double every, Level level) {
    return add(id, SeriesUnit.BYTES, every, level);
  }

  Simulation count(String id, double every, Level level) {
    return add(id, SeriesUnit.COUNT, every, second -> Math.rint(level.at(second)));
  }

  private Simulation add(String id, SeriesUnit unit, double every, Level level) {
    List<Point> points = new ArrayList<>();
    for (double second = 0; second <= seconds; second += every * between(0.9, 1.1)) {
      points.add(point(second, Math.max(0, level.at(second))));
    }
    series.add(new Series(id, unit, points));
    return this;
  }

  /** A generational heap: young collections leave garbage that a whole collection takes. */
  Simulation heap(Level live, double youngEvery, double wholeEvery, double garbagePerSecond) {
    List<Point> floor = new ArrayList<>();
    List<Point> whole = new ArrayList<>(List.of(point(0, 0)));
    double nextWhole = wholeEvery * between(0.3, 1);
    double garbage = 0;
    for (double second = youngEvery; second <= seconds; second += youngEvery * between(0.7, 1.3)) {
      garbage += garbagePerSecond * youngEvery * between(0.5, 1.5);
      if (second > nextWhole) {
        garbage *= between(0, 0.1);
        nextWhole = second + wholeEvery * between(0.7, 1.3);
        whole.add(point(second, whole.size()));
      }
      floor.add(point(second, Math.max(0, live.at(second) + garbage)));
    }
    series.add(new Series(SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES, floor));
    series.add(new Series(SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER, whole));
    return this;
  }

  /** A heap under G1: what a cycle leaves varies from one to the next, and cycles come nearly regularly. */
  Simulation regionHeap(Level live, double youngEvery, double wholeEvery, double left, double deviation) {
    List<Point> floor = new ArrayList<>();
    List<Point> whole = new ArrayList<>(List.of(point(0, 0)));
    double nextWhole = wholeEvery * between(0.3, 1);
    double rest = left;
    for (double second = youngEvery; second <= seconds; second += youngEvery * between(0.8, 1.2)) {
      rest += left * youngEvery / wholeEvery * between(0.5, 1.5);
      if (second > nextWhole) {
        rest = left + random.nextGaussian() * deviation;
        nextWhole = second + wholeEvery * between(0.9, 1.1);
        whole.add(point(second, whole.size()));
      }
      floor.add(point(second, Math.max(0, live.at(second) + rest)));
    }
    series.add(new Series(SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES, floor));
    series.add(new Series(SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER, whole));
    return this;
  }

  /** A heap under G1 of which a full collection is asked for from time to time, never evenly: right after it nothing but what lives is there. */
  Simulation settledHeap(Level live, double youngEvery, double settleEvery, double garbagePerSecond) {
    List<Point> floor = new ArrayList<>();
    List<Point> full = new ArrayList<>(List.of(point(0, 0)));
    double nextFull = settleEvery / 2;
    double garbage = 0;
    for (double second = youngEvery; second <= seconds; second += youngEvery * between(0.7, 1.3)) {
      garbage += garbagePerSecond * youngEvery * between(0.5, 1.5);
      if (second > nextFull) {
        garbage = 0;
        nextFull = second + settleEvery * between(0.75, 1.25);
        full.add(point(second, full.size()));
      }
      floor.add(point(second, Math.max(0, live.at(second) + garbage)));
    }
    series.add(new Series(SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES, floor));
    series.add(new Series(SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER, full));
    series.add(new Series(SeriesNames.GC_FULL_RUNS, SeriesUnit.COUNT_COUNTER, full));
    series.add(new Series(SeriesNames.GC_KIND, SeriesUnit.FACT, List.of(point(seconds, Collector.G1.code()))));
    series.add(new Series(SeriesNames.HEAP_COMMITTED, SeriesUnit.BYTES, List.of(point(seconds, 256 * MB))));
    return this;
  }

  Simulation mark(double second, String label, long items) {
    marks.add(new Mark(START.plusMillis((long) (second * 1000)), label, OptionalLong.of(items), "log"));
    return this;
  }

  Timeline timeline() {
    return new Timeline("simulated", START, START.plusMillis((long) (seconds * 1000)), series, marks,
        OptionalLong.empty(), Optional.empty());
  }

  private static Point point(double second, double value) {
    return new Point(START.plusNanos((long) (second * 1e9)), value);
  }
}
