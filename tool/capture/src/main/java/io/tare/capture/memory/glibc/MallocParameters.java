package io.tare.capture.memory.glibc;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * malloc's parameters ({@code mp_}): how many chunks are mapped one by one at this moment, and where the main arena began to grow.
 *
 * <p>Found by its neighbours: {@code mmapped_mem, max_mmapped_mem, sbrk_base, tcache_bins, tcache_max_bytes}, and the four counts
 * before them.
 */
record MallocParameters(long mappedChunks, long mappedBytes, long heapStart) {
  private static final int COUNTS_BYTES = 4 * Integer.BYTES;
  private static final int MOST_CACHE_BINS = 64;
  private static final int SMALLEST_CACHED = 24;

  static Optional<MallocParameters> find(List<LibraryData.Stretch> stretches) {
    for (LibraryData.Stretch stretch : stretches) {
      ByteBuffer bytes = stretch.bytes();
      for (int at = 2 * Long.BYTES; at + 5 * Long.BYTES <= bytes.limit(); at += Long.BYTES) {
        Optional<MallocParameters> found = of(bytes, at);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The parameters whose {@code mmapped_mem} is at this offset. */
  private static Optional<MallocParameters> of(ByteBuffer bytes, int at) {
    long bins = bytes.getLong(at + 3 * Long.BYTES);
    long mostCached = bytes.getLong(at + 4 * Long.BYTES);
    if (bins <= 0 || bins > MOST_CACHE_BINS || mostCached != SMALLEST_CACHED + (bins - 1) * Chunk.ALIGNMENT) {
      return Optional.empty();
    }
    long mapped = bytes.getLong(at);
    long most = bytes.getLong(at + Long.BYTES);
    long heapStart = bytes.getLong(at + 2 * Long.BYTES);
    if (mapped < 0 || mapped > most || heapStart < 0) {
      return Optional.empty();
    }
    // Since 2.35 a flag stands before the four counts, so that four bytes are left over after them.
    return counts(bytes, at - COUNTS_BYTES, mapped).or(() -> counts(bytes, at - COUNTS_BYTES - Integer.BYTES, mapped))
        .map(chunks -> new MallocParameters(chunks, mapped, heapStart));
  }

  /** {@code n_mmaps, n_mmaps_max, max_n_mmaps, no_dyn_threshold} at this offset, when they can be these. */
  private static Optional<Long> counts(ByteBuffer bytes, int at, long mappedBytes) {
    if (at < 0) {
      return Optional.empty();
    }
    int now = bytes.getInt(at);
    int limit = bytes.getInt(at + Integer.BYTES);
    int most = bytes.getInt(at + 2 * Integer.BYTES);
    int flag = bytes.getInt(at + 3 * Integer.BYTES);
    boolean sane = now >= 0 && limit >= now && most >= now && limit >= most && (flag == 0 || flag == 1);
    return sane && (now == 0) == (mappedBytes == 0) && (limit > 0 || now == 0)
        ? Optional.of((long) now)
        : Optional.empty();
  }
}
