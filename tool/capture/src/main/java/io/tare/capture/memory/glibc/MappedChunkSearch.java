package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the chunks that malloc mapped one by one, by their heads: {@code previous, size | 2}, where both together are whole pages.
 *
 * <p>The kernel merges neighbours into one mapping, so a head may stand at any page. An aligned block leaves a piece before its head,
 * which then stands 16 bytes before a page.
 */
final class MappedChunkSearch {
  private final ProcessMemory memory;
  private final WalkDeadline deadline;
  private final WordWindow window;
  private final long pageMask;
  private final List<AddressRange> found = new ArrayList<>();

  /** The word at an address. */
  private interface Words {
    OptionalLong at(long address);
  }

  MappedChunkSearch(ProcessMemory memory, WalkDeadline deadline) {
    this.memory = memory;
    this.deadline = deadline;
    this.window = new WordWindow(memory);
    this.pageMask = memory.pageBytes() - 1L;
  }

  List<AddressRange> found() {
    return List.copyOf(found);
  }

  /** Chunks from the start of the mapping on, one after the other; returns where the chain ends. */
  long chainFrom(AddressRange mapping) {
    long at = mapping.start();
    while (at < mapping.end()) {
      Optional<AddressRange> chunk = chunkAt(at, new AddressRange(at, mapping.end()), memory::u64);
      if (chunk.isEmpty()) {
        break;
      }
      found.add(chunk.get());
      at = chunk.get().end();
    }
    return at;
  }

  /** Whatever looks like a chunk's head anywhere in the range: real ones, and foreign bytes by chance. */
  List<AddressRange> everywhereIn(AddressRange range) {
    Words words = readInBulk(range);
    List<AddressRange> candidates = new ArrayList<>();
    for (AddressRange run : memory.presentRuns(range)) {
      for (long page = run.start(); page < run.end() && !deadline.isOver(); page += pageMask + 1) {
        chunkAt(page, range, words).ifPresent(candidates::add);
      }
    }
    return candidates;
  }

  private Words readInBulk(AddressRange range) {
    window.over(range);
    return address -> {
      long word = window.at(address);
      return word == WordWindow.ABSENT ? OptionalLong.empty() : OptionalLong.of(word);
    };
  }

  /** The chunk whose head stands at the start of this page or, after a piece that alignment cost, at its end. */
  private Optional<AddressRange> chunkAt(long page, AddressRange within, Words words) {
    Optional<AddressRange> plain = headAt(page, within, words);
    return plain.isPresent() ? plain : headAt(page + pageMask + 1 - Chunk.HEAD_BYTES, within, words);
  }

  private Optional<AddressRange> headAt(long head, AddressRange within, Words words) {
    long sizeField = words.at(head + Long.BYTES).orElse(0);
    OptionalLong before = words.at(head);
    if (!Chunk.isMapped(sizeField) || before.isEmpty() || before.getAsLong() < 0
        || before.getAsLong() > head - within.start()) {
      return Optional.empty();
    }
    long size = Chunk.size(sizeField);
    long start = head - before.getAsLong();
    boolean wholePages = (start & pageMask) == 0 && ((head + size) & pageMask) == 0;
    boolean fits = size >= memory.pageBytes() && size <= within.end() - head;
    return wholePages && fits ? Optional.of(new AddressRange(start, head + size)) : Optional.empty();
  }
}
