package io.tare.cases.faults.overtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Ordinary services under a load of 50 MB of garbage a second: small objects that leak, caches that expire, batches, warm-ups. */
final class ServicePlots {
  private static final double GARBAGE_PER_MINUTE = 60.0 * (50 << 20);
  private static final int CHUNK = 1 << 10;
  private static final int HEADER = 16;

  private ServicePlots() {}

  /** The same with the garbage of an ordinary service beside it. */
  static Plot busy(Plot plot) {
    double[] made = {0};
    Object[] last = new Object[16];
    return minute -> {
      plot.reach(minute);
      // A machine that can't keep up makes less of it, and is not late with the rest.
      made[0] = Math.max(made[0], (minute - 0.01) * GARBAGE_PER_MINUTE);
      for (int i = 0; made[0] < minute * GARBAGE_PER_MINUTE; made[0] += CHUNK, i++) {
        last[i % last.length] = new byte[CHUNK - HEADER];
      }
    };
  }

  /** An object that holds the one before it: 32 bytes, 40 where references are not compressed. */
  private record Node(@Nullable Node before, long number, long moment) {
    static final double BYTES = ObjectBytes.of(() -> new Node(null, 0, 0));
  }

  static Plot linked(long perMinute) {
    Node[] head = {null};
    double[] kept = {0};
    return minute -> {
      for (; kept[0] < minute * perMinute; kept[0] += Node.BYTES) {
        head[0] = new Node(head[0], (long) kept[0], System.nanoTime());
      }
    };
  }

  /** A static cache from which nothing is ever removed: an entry, a boxed key, a value of 64 bytes, and two places in its table. */
  static Plot staticCache(long perMinute) {
    Map<Integer, byte[]> measured = new HashMap<>(4 * ObjectBytes.MADE);
    double each = ObjectBytes.of(() -> measured.put(measured.size() + 1000, new byte[64 - HEADER]))
        + 2 * ObjectBytes.REFERENCE;
    Map<Integer, byte[]> cache = new HashMap<>();
    return minute -> {
      while (cache.size() * each < minute * perMinute) {
        cache.put(cache.size() + 1000, new byte[64 - HEADER]);
      }
    };
  }

  /** Listeners that are added with every request and never taken away: each with what it captured, and its place. */
  static Plot listeners(long perMinute) {
    List<Runnable> listeners = new ArrayList<>();
    double each = ObjectBytes.of(ServicePlots::listener) + 2 * ObjectBytes.REFERENCE;
    return minute -> {
      while (listeners.size() * each < minute * perMinute) {
        listeners.add(listener());
      }
    };
  }

  private static Runnable listener() {
    byte[] request = new byte[40];
    return () -> request[0]++;
  }

  /** As much in bursts, one every 40 seconds. */
  static Plot bursts(long perMinute) {
    Plot plot = linked(perMinute);
    return minute -> plot.reach(Math.floor(minute * 1.5) / 1.5);
  }

  /** A cache whose entries live for two minutes each; as large as its arrivals make it. */
  static Plot expiring(long bytes, double lifeMinutes) {
    record Entry(double until, Object value) {}
    Deque<Entry> cache = new ArrayDeque<>();
    Random random = new Random(7);
    double[] added = {0};
    return minute -> {
      while (!cache.isEmpty() && cache.getFirst().until() < minute) {
        cache.removeFirst();
      }
      while (added[0] < minute * bytes / lifeMinutes) {
        byte[] value = new byte[200 + random.nextInt(2000)];
        added[0] += value.length + 64;
        cache.addLast(new Entry(minute + lifeMinutes, value));
      }
    };
  }

  /** A log that keeps its newest segments: the old ones die in the old generation, one after the other. */
  static Plot segments(long bytes, int count) {
    Deque<byte[][]> segments = new ArrayDeque<>();
    int blocks = (int) (bytes / count / 4096);
    int[] made = {0};
    return minute -> {
      while (made[0] < minute * count / 2) {
        made[0]++;
        byte[][] segment = new byte[blocks][];
        for (int i = 0; i < blocks; i++) {
          segment[i] = new byte[4096 - HEADER];
        }
        segments.addLast(segment);
        if (segments.size() > count) {
          segments.removeFirst();
        }
      }
    };
  }

  /** Fills as warm-ups do: fast, then slower and slower, and is done after three minutes. */
  static Plot warmingUp(long bytes) {
    Plot plot = linked(bytes);
    return minute -> plot.reach(1 - Math.exp(-Math.min(minute, 3) * 1.2));
  }
}
