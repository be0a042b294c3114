package io.tare.capture.memory.pthread;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** The first bytes of a thread's control block, copied out of the process. */
record ControlBlock(long address, ByteBuffer bytes) {
  /** glibc 2.36 has 2368 bytes; its stack's bounds stand at 0x690. */
  static final int BYTES_LOOKED_AT = 0x900;
  private static final int FEWEST_BYTES = 0x80;
  private static final long LARGEST_STACK = 1L << 38;

  /** Copies the block; where its last page can't be read, what comes before it. */
  static Optional<ControlBlock> read(ProcessMemory memory, long address) {
    int untilPageEnd = (int) (memory.pageBytes() - address % memory.pageBytes());
    return memory.read(address, BYTES_LOOKED_AT)
        .or(() -> untilPageEnd < FEWEST_BYTES ? Optional.empty() : memory.read(address, untilPageEnd))
        .map(bytes -> new ControlBlock(address, ProcessMemory.inOrder(bytes)));
  }

  /** The number of four bytes at this offset; 0 beyond the end. */
  long u32(int offset) {
    return offset + Integer.BYTES <= bytes.limit() ? Integer.toUnsignedLong(bytes.getInt(offset)) : 0;
  }

  private long u64(int offset) {
    return offset + Long.BYTES <= bytes.limit() ? bytes.getLong(offset) : 0;
  }

  /** The stack whose start and size stand at this offset, when it is one that holds this very block. */
  Optional<AddressRange> stack(int offset) {
    long start = u64(offset);
    long size = u64(offset + Long.BYTES);
    boolean holdsThis = start > 0 && size > 0 && size < LARGEST_STACK && start <= address && address < start + size;
    return holdsThis ? Optional.of(AddressRange.ofSize(start, size)) : Optional.empty();
  }

  /** Whose control block a place that points to itself is, as its other words tell. */
  record BlockShape(ProcessMemory memory) {
    private static final int SELF_AGAIN = 0x10;
    private static final int MUSL_PREVIOUS = 0x10;
    private static final int MUSL_NEXT = 0x18;
    private static final int MOST_THREADS = 1 << 20;

    /** glibc repeats the block's address at 0x10. */
    boolean isGlibc(long block) {
      return pointsTo(block, block) && pointsTo(block + SELF_AGAIN, block);
    }

    /** The ring of all threads that musl keeps, begun at this block; empty when it is no ring. */
    List<Long> muslRing(long first) {
      List<Long> ring = new ArrayList<>();
      Set<Long> seen = new HashSet<>();
      long block = first;
      while (seen.add(block) && ring.size() < MOST_THREADS && pointsTo(block, block)) {
        ring.add(block);
        Optional<Long> next = word(block + MUSL_NEXT);
        if (next.isEmpty() || !pointsTo(next.get() + MUSL_PREVIOUS, block)) {
          return List.of();
        }
        block = next.get();
      }
      return block == first ? ring : List.of();
    }

    private boolean pointsTo(long place, long target) {
      return word(place).filter(value -> value == target).isPresent();
    }

    private Optional<Long> word(long address) {
      return memory.u64(address).stream().boxed().findFirst();
    }
  }

  /**
   * Where a control block keeps the thread's id and the bounds of its stack. Versions differ, so the blocks themselves tell: the id's
   * place is where most blocks hold the id of a living thread, the stack's where most name a range of pages that holds the block.
   */
  record ThreadLayout(OptionalInt tid, OptionalInt stack) {

    static ThreadLayout learn(Collection<ControlBlock> blocks, OptionalInt knownTid, TaskIds tasks) {
      OptionalInt tid = knownTid.isPresent()
          ? knownTid
          : mostNamed(blocks, Integer.BYTES, (block, offset) -> Optional.of(block.u32(offset)).filter(tasks::isLive));
      OptionalInt stack = mostNamed(blocks, Long.BYTES,
          (block, offset) -> block.stack(offset).filter(ThreadLayout::isOfPages));
      return new ThreadLayout(tid, stack);
    }

    private interface Vote<T> {
      Optional<T> named(ControlBlock block, int offset);
    }

    /**
     * The place at which the blocks name the most different things. Blocks that name the same count once: every block holds the size of
     * its guard, and 4096 may well be the id of a living thread.
     */
    private static <T> OptionalInt mostNamed(Collection<ControlBlock> blocks, int step, Vote<T> vote) {
      Map<Integer, Set<T>> named = new HashMap<>();
      for (ControlBlock block : blocks) {
        for (int offset = 0; offset < block.bytes().limit(); offset += step) {
          int place = offset;
          vote.named(block, place).ifPresent(thing -> named.computeIfAbsent(place, any -> new HashSet<>()).add(thing));
        }
      }
      Comparator<Map.Entry<Integer, Set<T>>> mostFirst = Comparator.comparingInt(entry -> -entry.getValue().size());
      return named.entrySet().stream().min(mostFirst.thenComparing(Map.Entry.comparingByKey()))
          .map(entry -> OptionalInt.of(entry.getKey())).orElse(OptionalInt.empty());
    }

    private static boolean isOfPages(AddressRange range) {
      Predicate<Long> aligned = value -> value % 4096 == 0;
      return aligned.test(range.start()) && aligned.test(range.end());
    }

    long tidOf(ControlBlock block) {
      return tid.isPresent() ? block.u32(tid.getAsInt()) : 0;
    }

    Optional<AddressRange> stackOf(ControlBlock block) {
      return stack.isPresent() ? block.stack(stack.getAsInt()) : Optional.empty();
    }
  }

  /**
   * Places whose first word is their own address, as that of every control block on x86-64 is: near the upper end of anonymous
   * mappings, where stacks end, and at the start of {@code [heap]}, where a static program keeps its main thread's.
   */
  record SelfPointers(ProcessMemory memory) {
    private static final int PAGES_LOOKED_AT = 5;

    List<Long> find(Smaps smaps) {
      List<Long> found = new ArrayList<>();
      for (Mapping mapping : smaps.mappings()) {
        long bytes = Math.min(mapping.range().bytes(), (long) PAGES_LOOKED_AT * memory.pageBytes());
        if (!mapping.isWritable() || mapping.isSharedMapping() || mapping.bytes().rss() == 0) {
          continue;
        }
        if (mapping.isAnonymous()) {
          found.addAll(in(new AddressRange(mapping.range().end() - bytes, mapping.range().end())));
        } else if (mapping.name().equals("[heap]")) {
          found.addAll(in(AddressRange.ofSize(mapping.range().start(), bytes)));
        }
      }
      return found;
    }

    private List<Long> in(AddressRange range) {
      List<Long> found = new ArrayList<>();
      for (AddressRange run : memory.presentRuns(range)) {
        Optional<byte[]> bytes = memory.read(run.start(), (int) run.bytes());
        bytes.ifPresent(content -> collect(ProcessMemory.inOrder(content), run.start(), found));
      }
      return found;
    }

    private static void collect(ByteBuffer words, long start, List<Long> found) {
      for (int at = 0; at + Long.BYTES <= words.limit(); at += Long.BYTES) {
        if (words.getLong(at) == start + at) {
          found.add(start + at);
        }
      }
    }
  }
}
