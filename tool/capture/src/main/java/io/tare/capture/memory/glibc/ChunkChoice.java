package io.tare.capture.memory.glibc;

import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tells real mapped chunks from places that only look like their heads: malloc knows how many there are and their bytes together.
 *
 * <p>A pair of small 16-bit numbers at the start of a page, of which metaspace is full, looks like the head of a chunk of a multiple
 * of 64 KB; so such sizes are believed last.
 */
final class ChunkChoice {
  private static final long SUSPICIOUS_MULTIPLE = 64 << 10;
  private static final int MOST_CANDIDATES = 256;
  private static final int MOST_STEPS = 200_000;

  private final List<AddressRange> candidates;
  private final List<AddressRange> chosen = new ArrayList<>();
  private int steps;

  private ChunkChoice(List<AddressRange> candidates) {
    this.candidates = candidates.stream().sorted(Comparator.comparing(ChunkChoice::isSuspicious)).limit(MOST_CANDIDATES)
        .toList();
  }

  /** So many of the candidates as have these bytes together; without such a choice those that are not suspicious. */
  static List<AddressRange> choose(List<AddressRange> candidates, long count, long bytes) {
    ChunkChoice choice = new ChunkChoice(candidates);
    if (choice.search(0, count, bytes)) {
      return List.copyOf(choice.chosen);
    }
    choice.chosen.clear();
    for (AddressRange candidate : choice.candidates) {
      if (!isSuspicious(candidate) && choice.isApart(candidate) && choice.chosen.size() < count) {
        choice.chosen.add(candidate);
      }
    }
    return List.copyOf(choice.chosen);
  }

  private boolean search(int from, long count, long bytes) {
    if (count == 0 || bytes <= 0) {
      return count == 0 && bytes == 0;
    }
    for (int i = from; i < candidates.size() && ++steps < MOST_STEPS; i++) {
      AddressRange candidate = candidates.get(i);
      if (candidate.bytes() <= bytes && isApart(candidate)) {
        chosen.add(candidate);
        if (search(i + 1, count - 1, bytes - candidate.bytes())) {
          return true;
        }
        chosen.removeLast();
      }
    }
    return false;
  }

  private boolean isApart(AddressRange candidate) {
    return chosen.stream().noneMatch(candidate::intersects);
  }

  private static boolean isSuspicious(AddressRange candidate) {
    return candidate.bytes() % SUSPICIOUS_MULTIPLE == 0;
  }
}
