package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.go.GoVariables.Stretch;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How many goroutines live ({@code runtime.allgs}, which keeps those that ended, too). The first is the main goroutine, and
 * the runtime's own second is among those that follow: their numbers, 1 and 2, show where numbers and states stand.
 *
 * @param living the runtime's own among them
 * @param list where the pointers to all of them stand
 * @param stateAt where a goroutine has its state
 */
record Goroutines(long living, long list, long count, int stateAt) {
  private static final int MOST = 1 << 24;
  /** With C, goroutines for its threads may come between. */
  private static final int FIRST_ONES = 6;
  private static final int SLICE_BYTES = 3 * Long.BYTES;
  private static final int FIRST_STATE_AT = 120;
  private static final int LAST_STATE_AT = 200;
  private static final int NUMBER_AFTER_STATE = 8;
  private static final int HEAD_BYTES = LAST_STATE_AT + 2 * Long.BYTES;
  /** Set while a collection looks at the stack. */
  static final int SCANNED = 0x1000;
  private static final int JUST_MADE = 0;
  private static final int DEAD = 6;
  private static final int DEAD_BUT_FOR_C = 11;

  static Optional<Goroutines> count(GoVariables variables, PageAllocator pages) {
    return variables.first(SLICE_BYTES, (stretch, at) -> listAt(variables.memory(), pages, stretch, at));
  }

  private static Optional<Goroutines> listAt(ProcessMemory memory, PageAllocator pages, Stretch words, int at) {
    long list = words.word(at);
    long count = words.word(at + Long.BYTES);
    long capacity = words.word(at + 2 * Long.BYTES);
    boolean maybe = count >= 2 && count <= capacity && count < MOST
        && pages.arenas().stream().anyMatch(arena -> arena.contains(list));
    if (!maybe) {
      return Optional.empty();
    }
    Optional<ByteBuffer> first = head(memory, pages, list);
    for (int i = 1; i < Math.min(count, FIRST_ONES) && first.isPresent(); i++) {
      Optional<ByteBuffer> other = head(memory, pages, list + (long) i * Long.BYTES);
      for (int state = FIRST_STATE_AT; state <= LAST_STATE_AT && other.isPresent(); state += Long.BYTES) {
        int number = state + NUMBER_AFTER_STATE;
        if (first.get().getLong(number) == 1 && other.get().getLong(number) == 2) {
          return Optional.of(new Goroutines(living(memory, list, count, state), list, count, state));
        }
      }
    }
    return Optional.empty();
  }

  /** A goroutine begins with the bounds of its stack. */
  private static Optional<ByteBuffer> head(ProcessMemory memory, PageAllocator pages, long slot) {
    long goroutine = memory.u64(slot).orElse(0);
    return pages.arenas().stream().anyMatch(arena -> arena.contains(goroutine))
        ? memory.read(goroutine, HEAD_BYTES).map(ProcessMemory::inOrder)
            .filter(head -> head.getLong(0) > 0 && head.getLong(0) < head.getLong(Long.BYTES))
        : Optional.empty();
  }

  private static long living(ProcessMemory memory, long list, long count, int stateAt) {
    long living = 0;
    for (long i = 0; i < count && !memory.budgetExceeded(); i++) {
      long goroutine = memory.u64(list + i * Long.BYTES).orElse(0);
      int state = (int) memory.u32(goroutine + stateAt).orElse(DEAD) & ~SCANNED;
      living += lives(state) ? 1 : 0;
    }
    return living;
  }

  static boolean lives(int state) {
    return state != DEAD && state != DEAD_BUT_FOR_C && state != JUST_MADE;
  }
}
