package io.tare.offsets.state;

import io.tare.offsets.tracker.Standing;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** So many offsets, the first of them open, the last done, and so many percent open in places of chance, always the same. */
final class Open {
  private Open() {}

  static Standing ofChance(int offsets, int openPercent) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(offsets * 101L + openPercent);
    BitSet done = new BitSet();
    done.set(1, offsets);
    for (int open = 1; open < offsets * (long) openPercent / 100; open++) {
      int at;
      do {
        at = 1 + random.nextInt(offsets - 2);
      } while (!done.get(at));
      done.clear(at);
    }
    return new Standing(0, done);
  }
}
