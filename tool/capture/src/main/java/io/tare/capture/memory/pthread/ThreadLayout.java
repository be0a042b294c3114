package io.tare.capture.memory.pthread;

import io.tare.model.AddressRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Where a control block keeps the thread's id and the bounds of its stack. Versions differ, so the blocks themselves tell: the id's
 * place is where most blocks hold the id of a living thread, the stack's where most name a range of pages that holds the block.
 */
record ThreadLayout(OptionalInt tid, OptionalInt stack) {

  static ThreadLayout learn(Collection<ControlBlock> blocks, OptionalInt knownTid, TaskIds tasks) {
    OptionalInt tid = knownTid.isPresent()
        ? knownTid
        : mostVotes(blocks, Integer.BYTES, (block, offset) -> tasks.isLive(block.u32(offset)));
    OptionalInt stack = mostVotes(blocks, Long.BYTES,
        (block, offset) -> block.stack(offset).filter(ThreadLayout::isOfPages).isPresent());
    return new ThreadLayout(tid, stack);
  }

  private interface Vote {
    boolean yes(ControlBlock block, int offset);
  }

  private static OptionalInt mostVotes(Collection<ControlBlock> blocks, int step, Vote vote) {
    Map<Integer, Integer> votes = new HashMap<>();
    for (ControlBlock block : blocks) {
      for (int offset = 0; offset < block.bytes().limit(); offset += step) {
        if (vote.yes(block, offset)) {
          votes.merge(offset, 1, Integer::sum);
        }
      }
    }
    Optional<Map.Entry<Integer, Integer>> best = votes.entrySet().stream()
        .min(Map.Entry.<Integer, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
    return best.map(entry -> OptionalInt.of(entry.getKey())).orElse(OptionalInt.empty());
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
