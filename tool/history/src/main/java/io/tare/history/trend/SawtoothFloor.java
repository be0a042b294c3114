package io.tare.history.trend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sawtooth of something that fills and empties again and again: a cache with a time to live, a pool. Its floor tells. */
final class SawtoothFloor {
  /** A fall of this part of the whole range is a tooth. */
  private static final double LEAST_FALL = 0.3;
  private static final int LEAST_BOTTOMS = 5;

  private SawtoothFloor() {}

  /** The lowest reading of each valley between two teeth; empty where there is no sawtooth. */
  static Optional<Curve> bottoms(Curve track, Margin margin) {
    double least = LEAST_FALL * (track.highest() - track.lowest());
    if (least < margin.at(track.median()) || track.size() < 4 * LEAST_BOTTOMS) {
      return Optional.empty();
    }
    List<Integer> bottoms = valleys(track, least);
    return bottoms.size() < LEAST_BOTTOMS
        ? Optional.empty()
        : Optional.of(track.pick(bottoms.stream().mapToInt(Integer::intValue).toArray()));
  }

  /** Turning points by the rule of the zigzag: a valley counts when it fell and rose by at least that much. */
  private static List<Integer> valleys(Curve track, double least) {
    List<Integer> valleys = new ArrayList<>();
    int top = 0;
    int bottom = -1;
    for (int i = 1; i < track.size(); i++) {
      double value = track.value(i);
      if (bottom < 0) {
        top = value > track.value(top) ? i : top;
        bottom = track.value(top) - value >= least ? i : -1;
      } else if (value < track.value(bottom)) {
        bottom = i;
      } else if (value - track.value(bottom) >= least) {
        valleys.add(bottom);
        top = i;
        bottom = -1;
      }
    }
    return valleys;
  }
}
