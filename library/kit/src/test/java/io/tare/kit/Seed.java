package io.tare.kit;

import java.util.Random;

/** The seed of a random test, printed so that a failure can be run again with -Dseed. */
public final class Seed {
  private Seed() {}

  public static Random random(String test) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println(test + " runs with -Dseed=" + seed);
    return new Random(seed);
  }
}
