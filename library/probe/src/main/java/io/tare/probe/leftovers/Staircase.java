package io.tare.probe.leftovers;

import io.tare.probe.holders.HolderSearch.Found;
import io.tare.probe.trend.Trend;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Arrays of numbers that double when they are full: what a StringBuilder, a byte stream and a growing buffer consist of. There is one
 * array before and one after, and steps twice as rare each time, which are no trend. So the bytes between the ends of the rounds are
 * looked at, and then that as many runs as there were until now make one and the same place larger once more.
 */
final class Staircase {
  private static final Set<String> ARRAYS_OF_NUMBERS = Set.of("byte[]", "char[]", "short[]", "int[]", "long[]",
      "float[]", "double[]", "boolean[]");
  private static final long LEAST_BYTES = 32 << 10;
  /** Of its greatest gain, what a staircase may lose again: other arrays of the class come and go beside it. */
  private static final double MOST_LOST = 0.25;
  /** Of what the rounds before gained, what twice as many runs must gain, wherever the steps lie. */
  private static final double LEAST_KEPT = 0.25;

  private Staircase() {}

  static List<String> suspects(Rounds rounds) {
    return rounds.names().stream()
        .filter(name -> ARRAYS_OF_NUMBERS.contains(name) && climbed(rounds.bytesOf(name)) >= LEAST_BYTES).toList();
  }

  /** By how much a series is higher at its end than at its beginning; 0 when it went down on its way. */
  static long climbed(long[] series) {
    long highest = series[0];
    long deepestFall = 0;
    for (long value : series) {
      highest = Math.max(highest, value);
      deepestFall = Math.max(deepestFall, highest - value);
    }
    long gained = series[series.length - 1] - series[0];
    return deepestFall > gained * MOST_LOST ? 0 : gained;
  }

  /** Growth that went on in the second rounds. An array that doubles takes between once and twice what it needs. */
  static Optional<Growth> goingOn(String name, Rounds first, Rounds second) {
    long before = climbed(first.bytesOf(name));
    long gained = climbed(second.bytesOf(name));
    if (gained < LEAST_BYTES || gained < before * LEAST_KEPT) {
      return Optional.empty();
    }
    int rounds = second.liveBytes().length;
    double perRun = (double) (before + gained) / ((double) (first.runs() + second.runs()) * (rounds - 1));
    return Optional.of(new Growth(name, new Trend(0, 0, 0, rounds), new Trend(perRun, perRun / 2, perRun * 2, rounds),
        Optional.empty()));
  }

  /** Whether between the dumps some place held larger arrays, and not more of them. */
  static boolean isOnePlace(Growth growth, Found found, int runs) {
    double expected = growth.bytesPerRun().slope() * runs / 4;
    return found.of(growth.what()).stream()
        .anyMatch(holder -> holder.grown().objects() == 0 && holder.grown().bytes() >= expected);
  }
}
