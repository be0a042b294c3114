package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.Profile.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What each goroutine is, does and waits for. One that rests has left its registers with itself; from there the chain of frame pointers
 * leads down its stack. One that runs is where it was when it last rested, so of it only its beginning is told.
 */
final class GoroutineStacks {
  private static final int BYTES = 384;
  private static final int SCHED_PC = 64;
  /** The saved registers are seven words; six where the state comes 144 bytes in although a frame pointer is kept for system calls. */
  private static final int FEW_REGISTERS_STATE = 144;
  private static final int FRAME_POINTER_SINCE = 24;
  private static final int REASON_AFTER_STATE = 32;
  private static final int FIRST_START = 264;
  private static final int LAST_START = 344;
  private static final int DEEPEST = 64;
  private static final int SAMPLE = 40;
  private static final int MOST_GROUPS = 10_000;
  private static final int RUNNING = 2;
  private static final int SYSTEM_CALL = 3;
  private static final int WAITING = 4;
  private static final Map<Integer, String> STATES = Map.of(0, "idle", 1, "runnable", RUNNING, "running", SYSTEM_CALL,
      "in a system call", WAITING, "waiting", 8, "copying its stack", 9, "preempted", 10, "leaked");

  private final ProcessMemory memory;
  private final GoFunctions functions;
  private final Goroutines all;
  private final int framePointerAt;
  private final int systemCallAt;
  private final boolean keepsSystemCallFrame;
  private final Map<Integer, String> reasons;

  GoroutineStacks(ProcessMemory memory, GoFunctions functions, Goroutines all, int minor) {
    this.memory = memory;
    this.functions = functions;
    this.all = all;
    boolean few = all.stateAt() == FEW_REGISTERS_STATE && minor >= FRAME_POINTER_SINCE;
    framePointerAt = few ? 96 : 104;
    systemCallAt = few ? 104 : 112;
    keepsSystemCallFrame = few || all.stateAt() > FEW_REGISTERS_STATE;
    reasons = reasons();
  }

  private record Kind(String state, String reason, String function, String start, String creator, boolean isRuntimes) {}

  /** The most numerous first. */
  List<GoroutineGroup> groups() {
    OptionalInt startAt = startAt();
    Map<Kind, Long> counts = new HashMap<>();
    for (long i = 0; i < all.count() && !memory.budgetExceeded(); i++) {
      goroutine(i).filter(words -> Goroutines.lives(state(words))).map(words -> kind(words, startAt))
          .filter(kind -> counts.size() < MOST_GROUPS || counts.containsKey(kind))
          .ifPresent(kind -> counts.merge(kind, 1L, Long::sum));
    }
    return counts.entrySet().stream().map(entry -> group(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingLong(GoroutineGroup::count).reversed().thenComparing(GoroutineGroup::function)
            .thenComparing(GoroutineGroup::toString))
        .toList();
  }

  private static GoroutineGroup group(Kind kind, long count) {
    return new GoroutineGroup(count, kind.state(), kind.reason(), kind.function(), kind.start(), kind.creator(),
        kind.isRuntimes());
  }

  private Optional<ByteBuffer> goroutine(long index) {
    return memory.u64(all.list() + index * Long.BYTES).stream().boxed().findFirst()
        .flatMap(address -> memory.read(address, BYTES)).map(ProcessMemory::inOrder);
  }

  private int state(ByteBuffer goroutine) {
    return goroutine.getInt(all.stateAt()) & ~Goroutines.SCANNED;
  }

  private Kind kind(ByteBuffer goroutine, OptionalInt startAt) {
    int state = state(goroutine);
    String start = startAt.isEmpty() ? "" : functions.function(goroutine.getLong(startAt.getAsInt())).orElse("");
    String creator = startAt.isEmpty() || start.equals("runtime.main")
        ? ""
        : functions.function(goroutine.getLong(startAt.getAsInt() - 2 * Long.BYTES) - 1).orElse("");
    String reason = state == WAITING
        ? reasons.getOrDefault(goroutine.get(all.stateAt() + REASON_AFTER_STATE) & 0xff, "")
        : "";
    return new Kind(STATES.getOrDefault(state, "state " + state), reason,
        state == RUNNING ? start : place(goroutine, start),
        start, creator, isRuntimes(start));
  }

  /** As {@code runtime.isSystemGoroutine}; the one that runs finalizers is counted by the runtime only while it runs one. */
  private static boolean isRuntimes(String start) {
    return start.startsWith("runtime.") && !start.equals("runtime.main") && !start.equals("runtime.handleAsyncEvent");
  }

  /** The runtime's, under the name of the package that uses it: {@code internal/poll.runtime_pollWait}. */
  private static boolean isLinked(String function) {
    return function.startsWith("runtime_", function.lastIndexOf('.') + 1);
  }

  /** The innermost function that is not the runtime's. */
  private String place(ByteBuffer goroutine, String start) {
    long code = goroutine.getLong(SCHED_PC);
    long frame = goroutine.getLong(framePointerAt);
    if (state(goroutine) == SYSTEM_CALL && goroutine.getLong(systemCallAt) != 0) {
      code = goroutine.getLong(systemCallAt + Long.BYTES);
      frame = keepsSystemCallFrame ? goroutine.getLong(systemCallAt + 2 * Long.BYTES) : 0;
    }
    AddressRange stack = new AddressRange(goroutine.getLong(0),
        Math.max(goroutine.getLong(0), goroutine.getLong(Long.BYTES)));
    for (int depth = 0; depth < DEEPEST; depth++) {
      Optional<String> function = functions.frame(code).map(Frame::function)
          .filter(name -> !GoHeapProfile.isRuntimes(name) && !isLinked(name));
      if (function.isPresent()) {
        return function.get();
      }
      if (!stack.contains(frame) || !stack.contains(frame + 2 * Long.BYTES - 1)) {
        break;
      }
      long next = memory.u64(frame).orElse(0);
      code = memory.u64(frame + Long.BYTES).orElse(0) - 1;
      if (code < 0 || (next <= frame && next != 0)) {
        break;
      }
      frame = next;
    }
    return start;
  }

  /** Where a goroutine has the address of its first function: two words before it stands who made it, and between them nothing. */
  private OptionalInt startAt() {
    List<ByteBuffer> some = new ArrayList<>();
    for (long i = 0; i < Math.min(all.count(), SAMPLE); i++) {
      goroutine(i).filter(words -> Goroutines.lives(state(words))).ifPresent(some::add);
    }
    for (int at = FIRST_START; at <= LAST_START; at += Long.BYTES) {
      int place = at;
      if (!some.isEmpty() && some.stream().allMatch(words -> functions.isEntry(words.getLong(place))
          && words.getLong(place - Long.BYTES) == 0)) {
        return OptionalInt.of(at);
      }
    }
    return OptionalInt.empty();
  }

  // runtime.waitReasonStrings: "", "GC assist marking", "IO wait", "chan receive (nil chan)" …

  private static final int LONGEST_REASON = 60;
  private static final int MOST_REASONS = 100;
  private static final int[] FIRST_LENGTHS = {0, 17, 7};
  /** {@code chan receive (nil chan)} up to Go 1.26, then {@code dumping heap}. */
  private static final Set<Long> FOURTH_LENGTHS = Set.of(23L, 12L);
  private static final long MOST_DATA = 64L << 20;

  private Map<Integer, String> reasons() {
    AddressRange data = functions.data();
    int slice = memory.pageBytes();
    for (long at = data.start(); at < data.end() && at - data.start() < MOST_DATA; at += slice) {
      // A slice and the beginning of the next: the table may lie across.
      int length = (int) Math.min(slice + 64L, data.end() - at);
      Optional<ByteBuffer> words = memory.read(at, length).map(ProcessMemory::inOrder);
      for (int i = 0; words.isPresent() && i + 64 <= length; i += Long.BYTES) {
        if (isTable(words.get(), i) && text(words.get().getLong(i + 32), 7).equals("IO wait")) {
          return texts(at + i);
        }
      }
    }
    return Map.of();
  }

  private static boolean isTable(ByteBuffer words, int at) {
    for (int i = 0; i < FIRST_LENGTHS.length; i++) {
      if (words.getLong(at + i * 16 + 8) != FIRST_LENGTHS[i]) {
        return false;
      }
    }
    return FOURTH_LENGTHS.contains(words.getLong(at + FIRST_LENGTHS.length * 16 + 8));
  }

  private Map<Integer, String> texts(long table) {
    Map<Integer, String> texts = new HashMap<>();
    for (int i = 1; i < MOST_REASONS; i++) {
      long length = memory.u64(table + i * 16L + 8).orElse(0);
      String text = length <= 0 || length > LONGEST_REASON
          ? ""
          : text(memory.u64(table + i * 16L).orElse(0), (int) length);
      if (text.isEmpty()) {
        break;
      }
      texts.put(i, text);
    }
    return texts;
  }

  private String text(long address, int length) {
    return memory.cString(address, length).map(text -> text.replaceAll("[^ -~]", "?")).orElse("");
  }
}
