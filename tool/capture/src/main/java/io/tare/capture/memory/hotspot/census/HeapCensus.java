package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.hotspot.HotspotHeap;
import io.tare.capture.memory.hotspot.HotspotHeap.Collections;
import io.tare.capture.memory.hotspot.HotspotHeap.HeapChanged;
import io.tare.capture.memory.hotspot.census.PartCount.Sum;
import io.tare.capture.memory.hotspot.census.Traces.Trace;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.jvm.HeapPart;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Cost;
import io.tare.model.profile.TypeCensus.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Objects and bytes by class, live and dead, as {@code GC.class_histogram -all} counts them, but passively: no safepoint, no attach.
 *
 * <p>What is old is walked first, while the program runs: it changes by collections only. Then what is young, and of the old what changed
 * since, in one stretch without a collection; where one comes between, that stretch is walked again.
 */
public final class HeapCensus {
  private static final int PAUSE_MILLIS = 2;
  private static final int MOST_UNREADABLE = 100;

  private final HotspotHeap heap;
  private final Options options;
  private final ClassTable classes;
  private final ObjectWalk walk;
  private final long deadline;
  private HeapShape shape = new HeapShape(List.of(), 1, 0, 1);
  private Map<Long, Walked> counted = new LinkedHashMap<>();
  private int attempts;

  private HeapCensus(HotspotHeap heap, MappingIndex mappings, Options options) {
    this.heap = heap;
    this.options = options;
    this.deadline = System.nanoTime() + options.time().toNanos();
    this.classes = new ClassTable(heap::classAt);
    this.walk = new ObjectWalk(heap.header(), classes, new HeapWindow(heap.memory(), mappings, heap::elsewhere),
        this::isOver);
  }

  /**
   * What is counted, and for how long at most.
   *
   * @param oneIn of how many regions one is counted, and stands for the others
   */
  public record Options(int oneIn, Duration time) {
    public static final Options DEFAULT = new Options(1, Duration.ofSeconds(20));
  }

  /** Counts the objects of a JVM; no census where its heap is not understood. */
  public static Parsed<Optional<TypeCensus>> take(FileBackedMemory memory, Smaps smaps, Path procPid,
      Options options) {
    long began = System.nanoTime();
    Duration cpu = cpu();
    List<Problem> problems = new ArrayList<>();
    MappingIndex mappings = new MappingIndex(smaps);
    Optional<HotspotHeap> heap = HotspotHeap.open(memory, mappings, procPid, message -> problems.add(problem(message)));
    if (heap.isEmpty()) {
      return new Parsed<>(Optional.empty(), problems);
    }
    HeapCensus census = new HeapCensus(heap.get(), mappings, options);
    try {
      Truth truth = memory.isStill()
          ? census.still()
          : heap.get().standsStill() ? census.exact() : census.approximate();
      Cost cost = new Cost((System.nanoTime() - began) / 1_000_000, cpu().minus(cpu).toMillis(),
          census.walk.window().bytesSeen(), census.attempts);
      return new Parsed<>(Optional.of(census.sum(truth, cost)), problems);
    } catch (HeapChanged strange) {
      problems.add(problem("the heap can't be walked: " + strange.getMessage()));
      return new Parsed<>(Optional.empty(), problems);
    }
  }

  private static Problem problem(String message) {
    return new Problem(ArtifactNames.CENSUS, "", message);
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private boolean isOver() {
    return System.nanoTime() - deadline >= 0 || heap.memory().budgetExceeded();
  }

  /** A part, what it held when it was walked, and what tells whether it has changed. */
  private record Walked(HeapPart part, Trace trace, PartCount count) {}

  private Truth exact() throws HeapChanged {
    Collections before = lookInQuiet();
    Map<Long, Walked> old = oldParts();
    counted = old;
    for (int unreadable = 0; !isOver();) {
      attempts++;
      try {
        Collections start = quiet();
        counted = stretch(old, before, start);
        if (heap.collections().equals(start) && !isOver()) {
          return Truth.CONSISTENT;
        }
      } catch (HeapChanged torn) {
        if (++unreadable > MOST_UNREADABLE && !isOver()) {
          throw torn;
        }
      }
    }
    return Truth.TORN;
  }

  /** The parts as they are between two collections: up to their tops they hold whole objects. */
  private Collections lookInQuiet() throws HeapChanged {
    for (int unreadable = 0;;) {
      try {
        Collections before = quiet();
        look();
        if (heap.collections().equals(before) || isOver()) {
          return before;
        }
      } catch (HeapChanged torn) {
        if (++unreadable > MOST_UNREADABLE || isOver()) {
          throw torn;
        }
      }
    }
  }

  /** What can be walked while the program runs. A collection that comes meanwhile shows itself in the parts that it changed. */
  private Map<Long, Walked> oldParts() {
    Map<Long, Walked> old = new LinkedHashMap<>();
    for (HeapPart part : shape.parts()) {
      if (!HeapShape.isYoung(part)) {
        old.put(part.bottom(), walked(part));
      }
    }
    return old;
  }

  private void look() throws HeapChanged {
    shape = HeapShape.of(heap, heap.parts(), options.oneIn());
    walk.buffers(heap.buffers());
  }

  /** Young parts, and the old ones that changed since {@code before}; right only if no collection comes meanwhile. */
  private Map<Long, Walked> stretch(Map<Long, Walked> old, Collections before, Collections start) throws HeapChanged {
    Map<Long, Walked> now = new LinkedHashMap<>();
    look();
    for (HeapPart part : shape.parts()) {
      if (HeapShape.isYoung(part)) {
        now.put(part.bottom(), walked(part));
      }
    }
    for (HeapPart part : shape.parts()) {
      if (!HeapShape.isYoung(part)) {
        Walked known = old.get(part.bottom());
        now.put(part.bottom(),
            known == null || start.full() != before.full() || !known.part().role().equals(part.role())
                ? walked(part)
                : again(part, known, start.all() != before.all()));
      }
    }
    return now;
  }

  /** Between full collections a space only grows at its end; a region may be another one of the same place after any of them. */
  private Walked again(HeapPart part, Walked known, boolean collected) {
    long before = known.part().top();
    if (!heap.collector().equals("G1")) {
      if (part.top() < before) {
        return walked(part);
      }
      Sum sum = new Sum();
      sum.add(known.count());
      sum.add(walk.walk(before, part.top(), 0));
      return new Walked(part, Trace.NONE, sum.take());
    }
    return part.top() == before && (!collected || known.trace().isStillIn(heap.memory())) ? known : walked(part);
  }

  /** Once, of memory that stays as it is; what a collection was about to do when it ended so is half done. */
  private Truth still() throws HeapChanged {
    Truth truth = approximate();
    return truth == Truth.APPROXIMATE && heap.standsStill() && !heap.collections().isActive()
        ? Truth.CONSISTENT
        : truth;
  }

  private Truth approximate() throws HeapChanged {
    attempts = 1;
    look();
    for (HeapPart part : shape.parts()) {
      counted.put(part.bottom(), walked(part));
    }
    return isOver() ? Truth.TORN : Truth.APPROXIMATE;
  }

  /** Waits until no collection is running. */
  private Collections quiet() throws HeapChanged {
    Collections now = heap.collections();
    while (now.isActive() && !isOver()) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return now;
      }
      now = heap.collections();
    }
    return now;
  }

  private Walked walked(HeapPart part) {
    walk.window().traces().clear();
    PartCount count = HeapShape.isRun(part)
        ? run(part)
        : HeapShape.isSingle(part)
            ? walk.single(part.bottom(), part.top())
            : shape.isSampled(part)
                ? walk.walk(part.bottom(), part.top(), shape.step(part))
                : PartCount.NOTHING;
    return new Walked(part, heap.collector().equals("G1") ? walk.window().traces().take() : Trace.NONE, count);
  }

  /** Large objects, each from the beginning of a region on. */
  private PartCount run(HeapPart part) {
    Sum sum = new Sum();
    for (long at = part.bottom(); at < part.top() && !isOver();) {
      PartCount one = walk.single(at, part.top());
      sum.add(one);
      long bytes = one.bytes().length == 0 ? part.top() - at : one.bytes()[0];
      at += (bytes + shape.regionBytes() - 1) / shape.regionBytes() * shape.regionBytes();
    }
    return sum.take();
  }

  private TypeCensus sum(Truth truth, Cost cost) {
    Sum whole = new Sum();
    Sum sampled = new Sum();
    counted.values().forEach(one -> (HeapShape.isRun(one.part()) || HeapShape.isSingle(one.part()) ? whole : sampled)
        .add(one.count()));
    Sum sum = new Sum();
    sum.add(whole.take());
    sum.add(sampled.take().times(shape.scale()));
    return new TypeCensus("hotspot", truth, shape.oneIn(), ClassNames.counts(classes.classes(), sum),
        sum.unparsedBytes(), cost);
  }
}
