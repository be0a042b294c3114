package io.tare.cases.faults.overtime;

import java.util.ArrayList;
import java.util.List;

/** What grows in the heap, or only seems to. */
final class HeapPlots {
  private static final int ENTRY = 4 << 10;
  private static final int HEADER = 16;

  private HeapPlots() {}

  /** A list that is filled up to a size. */
  private static final class Store {
    private final List<byte[]> entries = new ArrayList<>();

    void fillTo(double bytes) {
      while ((double) entries.size() * ENTRY < bytes) {
        entries.add(new byte[ENTRY - HEADER]);
      }
    }

    void clear() {
      entries.clear();
    }
  }

  static Plot growing(long perMinute) {
    Store store = new Store();
    return minute -> store.fillTo(minute * perMinute);
  }

  static Plot until(long perMinute, double end) {
    Store store = new Store();
    return minute -> store.fillTo(Math.min(minute, end) * perMinute);
  }

  /** Fills evenly, and is emptied at the end of each period. */
  static Plot sawtooth(long height, double periodMinutes) {
    Store store = new Store();
    long[] period = {0};
    return minute -> {
      long now = (long) (minute / periodMinutes);
      if (now != period[0]) {
        period[0] = now;
        store.clear();
      }
      store.fillTo(height * (minute / periodMinutes - now));
    };
  }

  static Plot both(Plot one, Plot other) {
    return minute -> {
      one.reach(minute);
      other.reach(minute);
    };
  }

  static Plot garbage(long perMinute) {
    long[] made = {0};
    return minute -> {
      while (made[0] < minute * perMinute) {
        made[0] += new byte[ENTRY - HEADER].length + HEADER;
      }
    };
  }
}
