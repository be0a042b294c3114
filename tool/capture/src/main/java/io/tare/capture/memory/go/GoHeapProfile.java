package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The runtime's own heap profile: {@code runtime.mbuckets}, a list of call stacks, each with how many objects of one size were allocated
 * and freed there. It is what {@code /debug/pprof/heap} is made of, and it is scaled as that is: of every {@code runtime.MemProfileRate}
 * bytes one allocation is noted, so a small object stands for more that were not.
 */
final class GoHeapProfile {
  static final long USUAL_RATE = 512 << 10;

  static final List<ValueType> TYPES = List.of(new ValueType("alloc_objects", "count"),
      new ValueType("alloc_space", "bytes"), new ValueType("inuse_objects", "count"),
      new ValueType("inuse_space", "bytes"));

  private static final int HEAD_BYTES = 48;
  private static final int PENDING = 3;
  private static final int DEEPEST = 1024;
  private static final int MOST_BUCKETS = 1 << 18;
  private static final int MOST_TRIED = 1 << 18;
  private static final long LARGEST_OBJECT = 1L << 40;
  private static final long LARGEST_RATE = 1L << 40;

  private final ProcessMemory memory;
  private final GoFunctions functions;
  /** Words of a cycle's record: objects allocated and freed, and up to Go 1.26 their bytes too. */
  private final int cycleWords;
  private final Consumer<String> problems;

  GoHeapProfile(ProcessMemory memory, GoFunctions functions, int minor, Consumer<String> problems) {
    this.memory = memory;
    this.functions = functions;
    this.cycleWords = minor < 27 ? 4 : 2;
    this.problems = problems;
  }

  private record Bucket(List<Long> stack, long objectBytes, List<Long> records) {
    /** Objects of the first {@code cycles} records after the one at {@code from}. */
    long sum(int word, int from, int cycles, int cycleWords) {
      long sum = 0;
      for (int cycle = from; cycle < from + cycles; cycle++) {
        sum += records.get(cycle * cycleWords + word);
      }
      return sum;
    }
  }

  /** Empty when the program keeps no profile. */
  Optional<Profile> read(GoVariables variables) {
    int[] tried = {0};
    Optional<Long> first = variables.first(Long.BYTES, (stretch, at) -> {
      long target = stretch.word(at);
      boolean maybe = target > 0 && target % Long.BYTES == 0 && memory.u64(target + 16).orElse(0) == 1
          && tried[0]++ < MOST_TRIED;
      return maybe && bucket(target).isPresent() ? Optional.of(target) : Optional.empty();
    });
    return first.map(head -> profile(buckets(head), rate(variables)));
  }

  private List<Bucket> buckets(long head) {
    List<Bucket> buckets = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (long at = head; at != 0;) {
      Optional<Bucket> bucket = seen.size() < MOST_BUCKETS && seen.add(at) ? bucket(at) : Optional.empty();
      if (bucket.isEmpty()) {
        problems.accept("the heap profile breaks off after " + buckets.size() + " call stacks: the rest is not told");
        break;
      }
      buckets.add(bucket.get());
      at = memory.u64(at + Long.BYTES).orElse(-1);
    }
    return buckets;
  }

  private Optional<Bucket> bucket(long address) {
    Optional<ByteBuffer> head = memory.read(address, HEAD_BYTES).map(ProcessMemory::inOrder);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    long size = head.get().getLong(32);
    long depth = head.get().getLong(40);
    boolean fits = head.get().getLong(16) == 1 && size > 0 && size < LARGEST_OBJECT && depth > 0 && depth <= DEEPEST;
    int words = fits ? (int) depth + (1 + PENDING) * cycleWords : 0;
    return fits
        ? memory.read(address + HEAD_BYTES, words * Long.BYTES).map(ProcessMemory::inOrder)
            .flatMap(content -> bucket(content, (int) depth, size))
        : Optional.empty();
  }

  private Optional<Bucket> bucket(ByteBuffer content, int depth, long size) {
    List<Long> stack = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      long address = content.getLong(i * Long.BYTES);
      if (!functions.isCode(address - 1)) {
        return Optional.empty();
      }
      stack.add(address - 1);
    }
    List<Long> records = new ArrayList<>();
    for (int i = 0; i < (1 + PENDING) * cycleWords; i++) {
      records.add(content.getLong((depth + i) * Long.BYTES));
    }
    return Optional.of(new Bucket(stack, size, records));
  }

  /** Before the second collection nothing is published: then what waits to be is added, as the runtime itself does when asked. */
  private Profile profile(List<Bucket> buckets, long rate) {
    boolean published = buckets.stream()
        .anyMatch(bucket -> bucket.records().get(0) != 0 || bucket.records().get(1) != 0);
    int cycles = published ? 1 : 1 + PENDING;
    Map<List<Frame>, long[]> sites = new HashMap<>();
    List<List<Frame>> order = new ArrayList<>();
    for (Bucket bucket : buckets) {
      long allocated = bucket.sum(0, 0, cycles, cycleWords);
      long inUse = allocated - bucket.sum(1, 0, cycles, cycleWords);
      if (allocated > 0) {
        List<Frame> frames = frames(bucket.stack());
        long[] values = sites.computeIfAbsent(frames, added -> {
          order.add(added);
          return new long[TYPES.size()];
        });
        double scale = scale(bucket.objectBytes(), rate);
        values[0] += (long) (allocated * scale);
        values[1] += (long) (allocated * bucket.objectBytes() * scale);
        values[2] += (long) (Math.max(0, inUse) * scale);
        values[3] += (long) (Math.max(0, inUse) * bucket.objectBytes() * scale);
      }
    }
    return new Profile(TYPES, order.stream().map(frames -> {
      long[] values = sites.getOrDefault(frames, new long[TYPES.size()]);
      return new Sample(frames, List.of(values[0], values[1], values[2], values[3]));
    }).toList());
  }

  static double scale(long objectBytes, long rate) {
    return rate <= 1 ? 1 : 1 / (1 - Math.exp(-(double) objectBytes / rate));
  }

  /** What the runtime does to allocate says nothing; a stack that is the runtime's alone is kept whole. */
  private List<Frame> frames(List<Long> stack) {
    List<Frame> all = stack.stream()
        .map(address -> functions.frame(address).orElseGet(() -> new Frame("0x" + Long.toHexString(address), "", 0)))
        .filter(frame -> !frame.function().equals("runtime.goexit")).toList();
    int first = 0;
    while (first < all.size() && isRuntimes(all.get(first).function())) {
      first++;
    }
    return first == all.size() ? all : all.subList(first, all.size());
  }

  static boolean isRuntimes(String function) {
    return function.startsWith("runtime.") || function.startsWith("internal/runtime/");
  }

  /**
   * {@code runtime.MemProfileRate}: the variable to which both refer that ask when to note the next allocation: who notes one, and who
   * prepares a processor's cache.
   */
  private long rate(GoVariables variables) {
    Set<Long> referred = referred(variables, "runtime.profilealloc");
    referred.retainAll(referred(variables, "runtime.allocmcache"));
    OptionalLong found = referred.size() == 1
        ? variables.word(referred.iterator().next()).stream().filter(rate -> rate < LARGEST_RATE).findFirst()
        : OptionalLong.empty();
    if (found.isEmpty()) {
      problems.accept("the rate at which this program notes allocations was not found; that it is the usual one, one a"
          + " 512 KB, is assumed");
    }
    return found.orElse(USUAL_RATE);
  }

  /** The variables of the program that a function's code refers to. */
  private Set<Long> referred(GoVariables variables, String function) {
    Set<Long> referred = new HashSet<>();
    functions.code(function).ifPresent(code -> referred.addAll(referred(variables, code)));
    return referred;
  }

  private Set<Long> referred(GoVariables variables, AddressRange code) {
    Set<Long> referred = new HashSet<>();
    ByteBuffer bytes = memory.read(code.start(), (int) Math.min(code.bytes(), 4096)).map(ProcessMemory::inOrder)
        .orElse(ByteBuffer.allocate(0));
    // An instruction's reference is relative to its end: behind the reference, or behind a constant that follows it.
    for (int at = 0; at + Integer.BYTES <= bytes.limit(); at++) {
      for (int constant : new int[] {0, 1, 4}) {
        long target = code.start() + at + Integer.BYTES + constant + bytes.getInt(at);
        if (target % Long.BYTES == 0 && variables.word(target).orElse(0) > 0) {
          referred.add(target);
        }
      }
    }
    return referred;
  }
}
