package io.tare.history.judge;

import static io.tare.history.judge.Simulation.MB;
import static io.tare.history.judge.Simulation.constant;
import static io.tare.history.judge.Simulation.filling;
import static io.tare.history.judge.Simulation.growing;
import static io.tare.history.judge.Simulation.sawtooth;
import static io.tare.history.judge.Simulation.step;
import static io.tare.history.judge.Simulation.until;

import io.tare.history.judge.Simulation.Level;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Ten minutes of a process each, with and without a leak; the rates vary from seed to seed. */
enum Scenario {
  IDLE(null, s -> {
    s.heap(constant(20 * MB).plus(s.noise(0.1 * MB)), 20, 120, 0);
    base(s, constant(0));
  }), BUSY(null, s -> {
    s.heap(constant(60 * MB).plus(s.drift(4 * MB, 30)), 1.5, s.between(10, 40), s.between(0.1, 2) * MB);
    base(s, s.drift(2 * MB, s.between(5, 60)));
  }), YOUNG_COLLECTIONS_ONLY(null, s -> {
    s.heap(constant(60 * MB), 2, 1e6, s.between(0.01, 0.5) * MB);
    base(s, constant(0));
  }), WARM_UP(null, s -> {
    double slow = s.between(20, 90);
    s.heap(constant(20 * MB).plus(filling(15 * MB, slow)), 1.5, 15, 0.5 * MB);
    base(s, filling(s.between(5, 30) * MB, slow));
    s.count(SeriesNames.CLASSES, 1, constant(2000).plus(filling(6000, slow)));
    s.bytes("metaspace.nonclass", 10, constant(10 * MB).plus(filling(30 * MB, slow)));
  }), CACHE_FILLS_AND_STOPS(null, s -> {
    Level fill = until(s.between(2, 20) * MB, s.between(120, 260));
    s.heap(constant(20 * MB).plus(fill), 1.5, 12, 0.4 * MB);
    base(s, fill);
  }), STEP(null, s -> {
    Level step = step(s.between(5, 80) * MB, s.between(60, 540));
    s.heap(constant(30 * MB).plus(step), 1.5, 12, 0.4 * MB);
    base(s, step);
    s.count(SeriesNames.THREADS, 1, constant(30).plus(step(40, s.between(60, 540))));
  }), SAWTOOTH(null, s -> {
    Level teeth = sawtooth(s.between(5, 60) * MB, s.between(20, 150), s.between(0, 150));
    s.heap(constant(20 * MB).plus(teeth), 1.5, 9, 0.4 * MB);
    base(s, teeth);
  }),
  REGIONS(null, s -> {
    regions(s, constant(30 * MB));
    base(s, constant(0));
  }),
  REGIONS_WITH_SAWTOOTH(null, s -> {
    regions(s, constant(30 * MB).plus(sawtooth(s.between(2, 15) * MB, s.between(20, 150), s.between(0, 150))));
    base(s, constant(0));
  }),
  FRAGMENTATION(null, s -> {
    s.heap(constant(20 * MB), 2, 15, 0.1 * MB);
    base(s, constant(0));
    s.bytes("malloc.idle", 10, growing(s.between(1, 10) * MB));
  }),
  SETTLED_EXPIRING_CACHE(null, s -> {
    s.settledHeap(constant(10 * MB).plus(until(s.between(5, 20) * MB, s.between(60, 240))).plus(s.noise(0.3 * MB)), 1.5,
        60, s.between(0.1, 1) * MB);
    base(s, constant(0));
  }),
  SETTLED_BATCHES(null, s -> {
    s.settledHeap(constant(10 * MB).plus(sawtooth(s.between(20, 80) * MB, s.between(60, 120), s.between(0, 60))), 1.5,
        60, s.between(0.1, 1) * MB);
    base(s, constant(0));
  }),
  SETTLED_HEAP_LEAK("heap.live", s -> {
    s.settledHeap(constant(10 * MB).plus(growing(s.between(2, 6) * MB)).plus(s.noise(0.3 * MB)), 1.5, 60,
        s.between(0.1, 1) * MB);
    base(s, constant(0));
  }),
  SETTLED_HEAP_LEAK_BESIDE_A_CACHE("heap.live", s -> {
    s.settledHeap(constant(10 * MB).plus(until(10 * MB, s.between(60, 120))).plus(growing(s.between(3, 6) * MB))
        .plus(s.noise(0.3 * MB)), 1.5, 60, s.between(0.1, 1) * MB);
    base(s, constant(0));
  }),
  SLOW_HEAP_LEAK("heap.live", s -> {
    s.heap(constant(20 * MB).plus(growing(0.5 * MB)).plus(s.noise(0.2 * MB)), 1.5, s.between(9, 30),
        s.between(0.1, 1) * MB);
    base(s, constant(0));
  }),
  SLOW_HEAP_LEAK_IN_REGIONS("heap.live", s -> {
    regions(s, constant(20 * MB).plus(growing(s.between(0.5, 2) * MB)));
    base(s, constant(0));
  }),
  HEAP_LEAK_BEHIND_SAWTOOTH_IN_REGIONS("heap.live", s -> {
    Level teeth = sawtooth(s.between(4, 10) * MB, s.between(20, 80), s.between(0, 60));
    regions(s, constant(20 * MB).plus(growing(s.between(1, 3) * MB)).plus(teeth));
    base(s, constant(0));
  }),
  FAST_HEAP_LEAK("heap.live", s -> {
    s.heap(constant(20 * MB).plus(growing(s.between(5, 50) * MB)), 1.5, s.between(9, 30), MB);
    base(s, constant(0));
  }),
  HEAP_LEAK_BEHIND_SAWTOOTH("heap.live", s -> {
    Level teeth = sawtooth(s.between(5, 20) * MB, s.between(20, 60), s.between(0, 60));
    s.heap(constant(20 * MB).plus(growing(s.between(1, 3) * MB)).plus(teeth), 1.5, s.between(4, 9), 0.4 * MB);
    base(s, constant(0));
  }),
  HEAP_LEAK_AFTER_WARM_UP("heap.live", s -> {
    Level warmUp = filling(20 * MB, s.between(10, 40));
    s.heap(constant(20 * MB).plus(growing(s.between(1, 3) * MB)).plus(warmUp), 1.5, 12, 0.4 * MB);
    base(s, warmUp);
  }),
  NATIVE_LEAK("malloc.used", s -> {
    s.heap(constant(20 * MB), 2, 15, 0.1 * MB);
    base(s, growing(s.between(0.5, 3) * MB).plus(s.noise(0.1 * MB)));
  }),
  NATIVE_LEAK_BEHIND_SAWTOOTH("malloc.used", s -> {
    s.heap(constant(20 * MB), 2, 15, 0.1 * MB);
    double height = s.between(3, 12) * MB;
    base(s, growing(s.between(1, 3) * MB).plus(sawtooth(height, s.between(20, 50), 3)));
  }),
  THREAD_LEAK("threads", s -> {
    s.heap(constant(20 * MB), 2, 15, 0.1 * MB);
    base(s, constant(0));
    s.count(SeriesNames.THREADS, 1, constant(30).plus(growing(s.between(2, 20))));
  }),
  CLASS_LEAK("classes", s -> {
    s.heap(constant(20 * MB).plus(growing(0.2 * MB)), 2, 15, 0.1 * MB);
    base(s, growing(0.2 * MB));
    s.count(SeriesNames.CLASSES, 1, constant(2000).plus(filling(500, 30)).plus(growing(s.between(20, 200))));
    s.bytes("metaspace.nonclass", 10, constant(10 * MB).plus(growing(MB)));
  });

  private final Optional<String> leak;
  private final Consumer<Simulation> making;

  Scenario(String leak, Consumer<Simulation> making) {
    this.leak = Optional.ofNullable(leak);
    this.making = making;
  }

  /** The account that leaks; empty for a healthy process. */
  Optional<String> leak() {
    return leak;
  }

  Timeline timeline(long seed) {
    Simulation simulation = new Simulation(seed, Duration.ofMinutes(10));
    making.accept(simulation);
    return simulation.timeline();
  }

  private static void regions(Simulation s, Level live) {
    s.regionHeap(live, s.between(2, 8), s.between(15, 40), s.between(2, 10) * MB, s.between(0.3, 1.2) * MB);
  }

  private static void base(Simulation s, Level malloc) {
    double every = s.between(0, 1) < 0.5 ? 5 : 15;
    s.bytes("malloc.used", every, constant(40 * MB).plus(malloc).plus(s.noise(0.05 * MB)));
    s.bytes("malloc.mmapped", 60, constant(8 * MB));
    s.bytes("heap.idle", 10, constant(30 * MB).plus(s.noise(10 * MB)));
    s.count("fds", 1, constant(50).plus(s.noise(1)));
    s.bytes("rss", 1, constant(300 * MB).plus(malloc));
  }
}
