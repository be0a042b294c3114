package io.tare.capture.memory.allocators;

import io.tare.capture.kernel.WorkTime;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** What an allocator's structures are looked for in, and until when. */
record AllocatorSearch(ProcessMemory memory, Smaps smaps, MappingIndex mappings, WorkTime time) {
  boolean isOver() {
    return memory.budgetExceeded() || time.isOver();
  }

  /** What ran out, once it is over. */
  String ranOut() {
    return memory.budgetExceeded() ? memory.ranOut() : time.ranOut();
  }

  /** Whether an array of so many words, mapped in one piece, can begin here. */
  boolean hasRoom(long array, long length) {
    return mappings.at(array).filter(mapping -> mapping.range().end() - array >= length * Long.BYTES).isPresent();
  }

  /** A word that is not zero; false ends the walk. */
  interface WordVisitor {
    boolean visit(long index, long word);
  }

  /** Shows the present words of an array, a page at a time; answers whether the visitor wanted all of them. */
  boolean eachWord(long array, long length, WordVisitor visitor) {
    for (AddressRange run : memory.presentRuns(AddressRange.ofSize(array, length * Long.BYTES))) {
      long next = 0;
      for (long at = run.start(); at < run.end(); at = next) {
        next = Math.min(run.end(), (at + memory.pageBytes()) & -memory.pageBytes());
        Optional<byte[]> page = memory.read(at, (int) (next - at));
        if (page.isPresent() && !eachWord((at - array) / Long.BYTES, ProcessMemory.inOrder(page.get()), visitor)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean eachWord(long first, ByteBuffer words, WordVisitor visitor) {
    for (long index = first; words.remaining() >= Long.BYTES; index++) {
      long word = words.getLong();
      if (word != 0 && !visitor.visit(index, word)) {
        return false;
      }
    }
    return true;
  }

  /**
   * An allocator whose structures hold their proof.
   *
   * @param regions what it manages, told as arenas are
   * @param tables its own
   */
  record Found(String allocator, List<Arena> regions, List<AddressRange> tables) {
    Found {
      regions = List.copyOf(regions);
      tables = List.copyOf(tables);
    }
  }
}
