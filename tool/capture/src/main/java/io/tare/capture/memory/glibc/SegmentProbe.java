package io.tare.capture.memory.glibc;

import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds segments of the main arena in a mapping: stretches that chunks fill without a gap, up to the top chunk or to the two fences
 * that close a segment when the next one is begun. Such segments lie side by side where the kernel merged them.
 */
final class SegmentProbe {
  private static final long FLAGS = 7;
  private static final long ONLY_PREVIOUS_IN_USE = 1;
  private static final long OTHER_ARENA = 4;
  private static final long MOST_FENCES_BYTES = 3 * Chunk.HEAD_BYTES;

  private final WordWindow words;
  private final AddressRange mapping;
  private final long top;
  private final long pageBytes;
  private final WalkDeadline deadline;

  SegmentProbe(WordWindow words, AddressRange mapping, long top, WalkDeadline deadline) {
    this.words = words.over(mapping);
    this.mapping = mapping;
    this.top = top;
    this.pageBytes = words.pageBytes();
    this.deadline = deadline;
  }

  /** The segments, at most so many bytes of them. */
  List<Segment> find(long mostBytes) {
    List<Segment> found = new ArrayList<>();
    long left = mostBytes;
    long start = mapping.start();
    while (start < mapping.end() && left > 0 && !deadline.isOver()) {
      OptionalLong end = canBegin(start) ? end(start) : OptionalLong.empty();
      if (end.isPresent() && end.getAsLong() - start <= left) {
        found.add(Segment.of(new AddressRange(start, end.getAsLong()), top));
        left -= end.getAsLong() - start;
      }
      start = end.orElse(start + pageBytes);
    }
    return found;
  }

  private boolean canBegin(long start) {
    long sizeField = words.at(start + Long.BYTES);
    return (sizeField & FLAGS) == ONLY_PREVIOUS_IN_USE && Chunk.size(sizeField) >= Chunk.SMALLEST;
  }

  /** Where the segment that begins here ends; empty when it breaks off. */
  private OptionalLong end(long start) {
    long chunk = start;
    while (chunk < mapping.end()) {
      long sizeField = words.at(chunk + Long.BYTES);
      long size = Chunk.size(sizeField);
      if (!Chunk.isSane(sizeField, mapping.end() - chunk) || (sizeField & OTHER_ARENA) != 0) {
        return OptionalLong.empty();
      }
      if (chunk == top) {
        return pageEnd(chunk + size);
      }
      if (size < Chunk.SMALLEST) {
        return chunk > start ? afterFences(chunk) : OptionalLong.empty();
      }
      long nextSizeField = words.at(chunk + size + Long.BYTES);
      if (!Chunk.previousInUse(nextSizeField) && words.at(chunk + size) != size) {
        return OptionalLong.empty();
      }
      chunk += size;
    }
    return OptionalLong.empty();
  }

  /** Two fences, or three where the old top was too small to become a chunk. */
  private OptionalLong afterFences(long first) {
    long end = first;
    while (end < mapping.end() && end - first < MOST_FENCES_BYTES
        && Chunk.size(words.at(end + Long.BYTES)) == Chunk.HEAD_BYTES) {
      end += Chunk.HEAD_BYTES;
    }
    return end - first >= 2 * Chunk.HEAD_BYTES ? pageEnd(end) : OptionalLong.empty();
  }

  private OptionalLong pageEnd(long end) {
    return end % pageBytes == 0 ? OptionalLong.of(end) : OptionalLong.empty();
  }
}
