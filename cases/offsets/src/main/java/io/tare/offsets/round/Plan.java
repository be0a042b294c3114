package io.tare.offsets.round;

import io.tare.offsets.tracker.HoardingMap;
import io.tare.offsets.tracker.OffsetTracker;
import io.tare.offsets.tracker.Variant;
import java.util.Set;

/** What is run: which tracker, how many instances of it, how many messages each gets in a round, and what leaks. */
public record Plan(Variant variant, int instances, int messages, Set<Leak> leaks) {
  /** Enough for the loops to run ahead of each other, small enough to see back-pressure. */
  private static final int WINDOW = 65_536;

  public Plan {
    leaks = Set.copyOf(leaks);
    if (leaks.contains(Leak.ENTRIES) && variant == Variant.RING) {
      throw new IllegalArgumentException(
          "a ring has no entries that could stay: its size is fixed; --leak entries needs --variant locked-map or concurrent-map");
    }
  }

  OffsetTracker tracker() {
    return leaks.contains(Leak.ENTRIES) ? new HoardingMap(0) : variant.create(0, WINDOW);
  }

  boolean leaks(Leak leak) {
    return leaks.contains(leak);
  }
}
