package io.tare.capture.memory.scripts;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The carriers of Erlang's allocators that lie in memory of their own ({@code mseg_alloc} in the words of {@code
 * erlang:system_info/1}). Each begins with its size; one of many blocks is a chain of them, which must end where the carrier does; of one
 * of a single block, which has no more to tell, the neighbours in their list must point back. How long a carrier's head is depends on the allocator: it is where that chain begins.
 */
final class ErlangHeap {
  private static final int PAGE = 4096;
  private static final int LEAST_CARRIER = 32 << 10;
  private static final long FLAGS = 7;
  private static final long OWN_MEMORY = 1;
  private static final long SINGLE_BLOCK = 2;
  private static final long IN_POOL = 1;
  private static final long IS_FREE = 1;
  private static final long IS_LAST = 4;
  /** Above it stands how far a block lies from its carrier. */
  private static final long BLOCK_BYTES = (1L << 40) - 1 & ~FLAGS;
  private static final int LEAST_HEAD = 32;
  private static final int MOST_HEAD = 512;
  private static final int TRIES = 3;
  private static final int WORDS_OF_ALLOCATOR = 1024;

  private final ProcessMemory memory;
  private final ScriptHeap found = new ScriptHeap();
  /** Most heads are as long as the last one. */
  private int lastHead = LEAST_HEAD;

  private ErlangHeap(ProcessMemory memory) {
    this.memory = memory;
  }

  static ScriptHeap read(ProcessMemory memory, Smaps smaps) {
    ErlangHeap erlang = new ErlangHeap(memory);
    for (Mapping mapping : ScriptHeap.anonymous(smaps)) {
      long next = mapping.range().start();
      for (AddressRange run : memory.presentRuns(mapping.range())) {
        long at = Math.max(next, (run.start() + PAGE - 1) & -PAGE);
        while (at < run.end()) {
          OptionalLong bytes = erlang.carrier(at, mapping.range().end() - at);
          at += bytes.orElse(PAGE);
        }
        next = at;
      }
    }
    return erlang.found;
  }

  /** How long the carrier is that begins here; empty if none does. */
  private OptionalLong carrier(long at, long most) {
    Optional<ByteBuffer> words = memory.read(at, LEAST_HEAD).map(ProcessMemory::inOrder);
    long head = words.isEmpty() ? 0 : words.get().getLong(0);
    long bytes = head & ~FLAGS;
    if (bytes < LEAST_CARRIER || bytes % PAGE != 0 || bytes > most || (head & OWN_MEMORY) == 0) {
      return OptionalLong.empty();
    }
    AddressRange range = AddressRange.ofSize(at, bytes);
    boolean listed = isListed(words.orElseThrow(), at);
    boolean ofMany = (head & SINGLE_BLOCK) == 0;
    Optional<Blocks> blocks = ofMany && (listed || isInPool(words.get())) ? blocks(range) : Optional.empty();
    if (blocks.isPresent()) {
      found.add("carriers of blocks", List.of(range), ScriptHeap.resident(memory, range), blocks.get().used(),
          blocks.get().head());
    } else if (listed && !ofMany) {
      long resident = ScriptHeap.resident(memory, range);
      found.add("carriers of one block", List.of(range), resident, resident, 0);
    } else if (listed) {
      found.addUnknown("carriers not understood", range,
          "a carrier's chain of blocks does not end with it: what of it is in use is not known");
    } else {
      return OptionalLong.empty();
    }
    return OptionalLong.of(bytes);
  }

  /**
   * Whether it stands in its allocator's list: its neighbours point back to it, and the allocator to where the list begins and ends. A carrier
   * given back, whose memory is kept with its old content, does not.
   */
  private boolean isListed(ByteBuffer words, long at) {
    long next = words.getLong(8);
    long previous = words.getLong(16);
    long allocator = words.getLong(24) & ~FLAGS;
    return allocator > 0 && (next != 0 ? pointsBack(next, 2 * Long.BYTES, at) : names(allocator, at))
        && (previous != 0 ? pointsBack(previous, Long.BYTES, at) : names(allocator, at));
  }

  /** Those that allocators hand to each other are in no list. */
  private static boolean isInPool(ByteBuffer words) {
    return (words.getLong(24) & IN_POOL) != 0;
  }

  private boolean pointsBack(long carrier, int back, long at) {
    return carrier > 0 && carrier % Long.BYTES == 0 && memory.u64(carrier + back).orElse(0) == at;
  }

  private boolean names(long allocator, long carrier) {
    for (int word = 0; word < WORDS_OF_ALLOCATOR; word++) {
      if (memory.u64(allocator + (long) word * Long.BYTES).orElse(0) == carrier) {
        return true;
      }
    }
    return false;
  }

  /** What a carrier's blocks in use add up to, and its head before them. */
  private record Blocks(int head, long used) {}

  /** The program goes on meanwhile: what was caught in a change is read again. */
  private Optional<Blocks> blocks(AddressRange carrier) {
    for (int tries = 0; tries < TRIES; tries++) {
      Window window = new Window(memory, carrier.end());
      Optional<Blocks> blocks = chain(window, carrier, lastHead);
      for (int head = LEAST_HEAD; blocks.isEmpty() && head < MOST_HEAD; head += Long.BYTES) {
        blocks = chain(window, carrier, head);
      }
      if (blocks.isPresent()) {
        lastHead = blocks.get().head();
        return blocks;
      }
      memory.forget();
    }
    return Optional.empty();
  }

  private static Optional<Blocks> chain(Window window, AddressRange carrier, int head) {
    long used = 0;
    long at = carrier.start() + head;
    while (at < carrier.end()) {
      long block = window.word(at);
      long bytes = block & BLOCK_BYTES;
      if (bytes < 2 * Long.BYTES || bytes > carrier.end() - at) {
        return Optional.empty();
      }
      used += (block & IS_FREE) == 0 ? bytes : 0;
      at += bytes;
      if ((block & IS_LAST) != 0) {
        break;
      }
    }
    return at == carrier.end() ? Optional.of(new Blocks(head, used)) : Optional.empty();
  }

  /** Words one after the other, of which many are fetched at once. */
  private static final class Window {
    private static final int BYTES = 64 << 10;
    private final ProcessMemory memory;
    private final long end;
    private long start;
    private ByteBuffer content = ByteBuffer.allocate(0);

    Window(ProcessMemory memory, long end) {
      this.memory = memory;
      this.end = end;
    }

    /** Zero, which no block begins with, where it can't be read. */
    long word(long at) {
      long inside = at - start;
      if (inside < 0 || inside + Long.BYTES > content.limit()) {
        start = at & -PAGE;
        content = memory.read(start, (int) Math.min(BYTES, end - start))
            .or(() -> memory.read(start, PAGE)).map(ProcessMemory::inOrder).orElseGet(() -> ByteBuffer.allocate(0));
        inside = at - start;
      }
      return inside + Long.BYTES <= content.limit() ? content.getLong((int) inside) : 0;
    }
  }
}
