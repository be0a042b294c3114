package io.tare.offsets.tracker;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways to track offsets, by the name that the command line knows. */
public enum Variant {
  LOCKED_MAP {
    @Override
    public OffsetTracker create(long start, int window) {
      return new LockedMap(start);
    }
  },
  CONCURRENT_MAP {
    @Override
    public OffsetTracker create(long start, int window) {
      return new ConcurrentMap(start);
    }
  },
  RING {
    @Override
    public OffsetTracker create(long start, int window) {
      return new BitmapRing(start, window);
    }
  };

  /** A tracker whose first message has the offset {@code start} or a larger one; only the ring keeps to the window. */
  public abstract OffsetTracker create(long start, int window);

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Variant> named(String label) {
    return Arrays.stream(values()).filter(variant -> variant.label().equals(label)).findFirst();
  }
}
