package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.go.GoVariables.Stretch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The runtime's own counters, {@code gcController} and {@code memstats} (Go 1.19 and later). Two groups of words keep their order in all
 * these versions, and they bind each other: what is mapped and ready is the heap in use, the free heap, the stacks, the work lists and
 * what each table took from the kernel. Words for which that holds to the byte are the counters; no others are believed.
 *
 * @param sys bytes that tables took from the kernel
 * @param marked bytes that the last collection found alive; 0 before the first
 * @param whileMarking bytes that the program took while it marked, which count as alive whether they are or not; empty when not known
 * @param nextCollection heap at which the next collection begins to be due; empty when it is switched off
 * @param percent {@code GOGC}, −1 when it is off; empty when it could not be told
 * @param memoryLimit {@code GOMEMLIMIT}, empty without one
 */
record GoCounters(Heap heap, Sys sys, long marked, OptionalLong whileMarking, OptionalLong nextCollection,
    OptionalInt percent, OptionalLong memoryLimit, long collections, long pauseNanos) {

  /** What the heap's spans take, by state. */
  record Heap(long inUse, long free, long released, long stacks, long workBufs) {}

  /** As {@code runtime.MemStats} names them; {@code gc} with the work lists, as there. */
  record Sys(long stacks, long spans, long caches, long buckets, long gc, long other) {
    long sum() {
      return stacks + spans + caches + buckets + gc + other;
    }
  }

  // gcController, from heapInUse: released, free, allocated and freed in all, mapped and ready.
  private static final int CONTROLLER_BYTES = 6 * Long.BYTES;
  private static final int MARKED_BEFORE = 120;
  private static final int GOAL_BEFORE = 200;
  /** The heap at which the collection began that marks at the moment; all ones while none does. */
  private static final int TRIGGERED_BEFORE = 184;
  private static final int FIRST_PERCENT_BEFORE = 240;
  private static final int LAST_PERCENT_BEFORE = 360;
  private static final long DEFAULT_MINIMUM = 4L << 20;

  // memstats: three deltas, a generation, a lock, then what each table took, then the collections.
  private static final int DELTAS = 3;
  private static final int RELEASED_AT = 8;
  private static final int IN_HEAP_AT = 16;
  private static final int IN_STACKS_AT = 24;
  private static final int IN_WORK_BUFS_AT = 32;
  private static final int SYS_AFTER_DELTAS = 16;
  private static final int SYS_BYTES = 6 * Long.BYTES;
  private static final int PAUSES_AFTER_SYS = 56;
  private static final int COLLECTIONS_AFTER_SYS = 4160;
  /** Go 1.26 and later, and before; then what a later version may have made of it. */
  private static final int[] DELTA_BYTES = {1168, 1176, 1160, 1184, 1152, 1192, 1144, 1200, 1136, 1208, 1128, 1216};

  private static final int HEAPS_BYTES = 3 * Long.BYTES;

  private static final long PAGE = 4096;
  private static final long MOST_BYTES = 1L << 44;
  private static final int MOST_CANDIDATES = 64;
  /** On a busy program the words change between two reads; a moment without an allocation comes soon. */
  private static final int TRIES = 300;

  /**
   * The counters of a program.
   *
   * @param arenaBytes how large its heap has grown: no counter of the heap is larger
   */
  static Optional<GoCounters> find(GoVariables variables, long arenaBytes) {
    List<Long> controllers = new ArrayList<>();
    List<long[]> heads = new ArrayList<>();
    variables.first(CONTROLLER_BYTES, (stretch, at) -> {
      if (isController(stretch, at, arenaBytes)) {
        controllers.add(stretch.start() + at);
        heads.add(new long[] {stretch.word(at), stretch.word(at + Long.BYTES)});
      }
      return controllers.size() < MOST_CANDIDATES ? Optional.empty() : Optional.of(controllers);
    });
    if (controllers.isEmpty()) {
      return Optional.empty();
    }
    for (int delta : DELTA_BYTES) {
      Optional<GoCounters> found = variables.first(DELTAS * delta + SYS_AFTER_DELTAS + SYS_BYTES,
          (stretch, at) -> proved(variables, controllers, heads, new Stats(stretch, at, delta)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isController(Stretch words, int at, long arenaBytes) {
    long inUse = words.word(at);
    long released = words.word(at + 8);
    long free = words.word(at + 16);
    long ready = words.word(at + 40);
    return inUse > 0 && inUse <= arenaBytes && released >= 0 && released <= arenaBytes && free >= 0
        && free <= arenaBytes && (inUse | released | free) % PAGE == 0 && inUse + released + free <= arenaBytes
        && words.word(at + 24) > 0 && words.word(at + 32) >= 0 && words.word(at + 24) >= words.word(at + 32)
        && ready > inUse + free && ready < MOST_BYTES;
  }

  /** What might be memstats. */
  private record Stats(Stretch words, int at, int deltaBytes) {
    long sum(int field) {
      return words.word(at + field) + words.word(at + deltaBytes + field) + words.word(at + 2 * deltaBytes + field);
    }

    long address() {
      return words.start() + at;
    }

    boolean isPlausible() {
      int sys = at + DELTAS * deltaBytes + SYS_AFTER_DELTAS;
      for (int i = 0; i < SYS_BYTES; i += Long.BYTES) {
        if (words.word(sys + i) < 0 || words.word(sys + i) >= MOST_BYTES) {
          return false;
        }
      }
      return sum(IN_STACKS_AT) > 0 && words.word(sys + Long.BYTES) > 0 && words.word(sys + 2 * Long.BYTES) > 0;
    }
  }

  private static Optional<GoCounters> proved(GoVariables variables, List<Long> controllers, List<long[]> heads,
      Stats stats) {
    long inHeap = stats.sum(IN_HEAP_AT);
    if (inHeap <= 0 || inHeap >= MOST_BYTES || inHeap % PAGE != 0) {
      return Optional.empty();
    }
    for (int i = 0; i < controllers.size(); i++) {
      if (isNear(inHeap, heads.get(i)[0]) && isNear(stats.sum(RELEASED_AT), heads.get(i)[1]) && stats.isPlausible()) {
        Optional<GoCounters> found = new Place(variables, controllers.get(i), stats.address(), stats.deltaBytes())
            .proved();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Both were read at different moments of a program that runs. */
  private static boolean isNear(long a, long b) {
    return Math.abs(a - b) <= Math.max(8L << 20, b / 4);
  }

  /** Where the counters may lie. */
  private record Place(GoVariables variables, long controller, long stats, int deltaBytes) {

    private ProcessMemory memory() {
      return variables.memory();
    }

    Optional<GoCounters> proved() {
      for (int i = 0; i < TRIES && !memory().budgetExceeded(); i++) {
        memory().forget();
        Optional<GoCounters> read = once();
        if (read.isPresent()) {
          return read;
        }
      }
      return Optional.empty();
    }

    private Optional<GoCounters> once() {
      int sysAt = DELTAS * deltaBytes + SYS_AFTER_DELTAS;
      Optional<ByteBuffer> counters = memory().read(stats, sysAt + SYS_BYTES).map(ProcessMemory::inOrder);
      Optional<ByteBuffer> heap = memory().read(controller, CONTROLLER_BYTES).map(ProcessMemory::inOrder);
      if (counters.isEmpty() || heap.isEmpty()) {
        return Optional.empty();
      }
      ByteBuffer words = counters.get();
      Heap spans = new Heap(heap.get().getLong(0), heap.get().getLong(16), heap.get().getLong(8),
          sum(words, IN_STACKS_AT), sum(words, IN_WORK_BUFS_AT));
      Sys tables = new Sys(words.getLong(sysAt), words.getLong(sysAt + 8), words.getLong(sysAt + 16),
          words.getLong(sysAt + 24), words.getLong(sysAt + 32) + spans.workBufs(), words.getLong(sysAt + 40));
      long explained = spans.inUse() + spans.free() + spans.stacks() + tables.sum();
      return heap.get().getLong(40) == explained ? Optional.of(with(spans, tables)) : Optional.empty();
    }

    private long sum(ByteBuffer words, int field) {
      return words.getLong(field) + words.getLong(deltaBytes + field) + words.getLong(2 * deltaBytes + field);
    }

    private GoCounters with(Heap heap, Sys tables) {
      long sysAt = stats + (long) DELTAS * deltaBytes + SYS_AFTER_DELTAS;
      OptionalLong percentAt = percentAt();
      OptionalInt percent = percentAt.isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of((int) memory().u32(percentAt.getAsLong()).orElse(0));
      long goal = word(controller - GOAL_BEFORE);
      long limit = percentAt.isEmpty() ? Long.MAX_VALUE : word(percentAt.getAsLong() + Long.BYTES);
      long marked = word(controller - MARKED_BEFORE);
      return new GoCounters(heap, tables, marked, whileMarking(marked), asSet(goal), percent, asSet(limit),
          memory().u32(sysAt + COLLECTIONS_AFTER_SYS).orElse(0), word(sysAt + PAUSES_AFTER_SYS));
    }

    /**
     * {@code work.heap0} to {@code heap2}: the heap when the last collection began, when it had marked, and what it had marked. While the next one
     * marks, the first is already that one's.
     */
    private OptionalLong whileMarking(long marked) {
      if (marked <= 0 || word(controller - TRIGGERED_BEFORE) != -1) {
        return OptionalLong.empty();
      }
      Set<Long> grown = new HashSet<>();
      variables.first(HEAPS_BYTES, (stretch, at) -> {
        long began = stretch.word(at);
        long ended = stretch.word(at + Long.BYTES);
        boolean fits = stretch.word(at + 2 * Long.BYTES) == marked && began > 0 && began <= ended && marked <= ended
            && stretch.start() + at + 2 * Long.BYTES != controller - MARKED_BEFORE;
        if (fits) {
          grown.add(ended - began);
        }
        return Optional.empty();
      });
      return grown.size() == 1 ? OptionalLong.of(grown.iterator().next()) : OptionalLong.empty();
    }

    private long word(long address) {
      return memory().u64(address).orElse(0);
    }

    /** Both use the largest number for "none". */
    private static OptionalLong asSet(long value) {
      return value <= 0 || value == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** GOGC stands before the limit and before the smallest heap, which follows from it. */
    private OptionalLong percentAt() {
      for (long at = controller - FIRST_PERCENT_BEFORE; at >= controller - LAST_PERCENT_BEFORE; at -= Long.BYTES) {
        int percent = (int) memory().u32(at).orElse(0);
        boolean fits = percent != 0 && percent >= -1 && word(at + Long.BYTES) > 0
            && word(at + 2L * Long.BYTES) == Long.divideUnsigned(DEFAULT_MINIMUM * percent, 100);
        if (fits) {
          return OptionalLong.of(at);
        }
      }
      return OptionalLong.empty();
    }
  }
}
