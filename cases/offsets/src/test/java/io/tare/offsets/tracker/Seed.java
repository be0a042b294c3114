package io.tare.offsets.tracker;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A random generator whose seed is printed, so that a failing run can be repeated with -Dseed=N. */
record Seed(long value) {
  static Seed printed() {
    Seed seed = new Seed(Long.getLong("seed", System.nanoTime()));
    System.out.println("seed " + seed.value());
    return seed;
  }

  RandomGenerator random(long part) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(value * 1_000_003 + part);
  }
}
