package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.glibc.ArenaState.ArenaLayout;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The initialised data of the C library: there lie the main arena and malloc's parameters. A static program carries them itself. */
final class LibraryData {
  private static final Pattern LIBC = Pattern.compile(".*/libc(-2\\.\\d+)?\\.so(\\.6)?( \\(deleted\\))?");
  private static final int MOST_BYTES = 16 << 20;

  private LibraryData() {}

  /** Present stretches of the library's data; without a library, of all files' data. */
  static List<Stretch> read(ProcessMemory memory, Smaps smaps) {
    List<Mapping> data = smaps.mappings().stream().filter(LibraryData::isFileData).toList();
    List<Mapping> ofLibc = data.stream().filter(mapping -> LIBC.matcher(mapping.name()).matches()).toList();
    List<Stretch> stretches = new ArrayList<>();
    for (Mapping mapping : ofLibc.isEmpty() ? data : ofLibc) {
      for (AddressRange run : memory.presentRuns(mapping.range())) {
        read(memory, run).ifPresent(stretches::add);
      }
    }
    return stretches;
  }

  private static Optional<Stretch> read(ProcessMemory memory, AddressRange run) {
    int length = (int) Math.min(run.bytes(), MOST_BYTES);
    return memory.read(run.start(), length).map(bytes -> new Stretch(run.start(), ProcessMemory.inOrder(bytes)));
  }

  private static boolean isFileData(Mapping mapping) {
    return mapping.hasPath() && mapping.isWritable() && !mapping.isSharedMapping();
  }

  /** Bytes of the process from an address on. */
  record Stretch(long start, ByteBuffer bytes) {

    /** The main arena that lies in this stretch. */
    Optional<ArenaState> mainArena(WordWidth width) {
      for (ArenaLayout layout : ArenaLayout.known(width)) {
        for (int offset = 0; offset + layout.size() <= bytes.limit(); offset += width.bytes()) {
          Optional<ArenaState> state = ArenaState.of(bytes, offset, start + offset, layout);
          if (state.isPresent()) {
            return state;
          }
        }
      }
      return Optional.empty();
    }
  }

  /**
   * malloc's parameters ({@code mp_}): how many chunks are mapped one by one at this moment, and where the main arena began to grow.
   *
   * <p>Found by its neighbours: {@code mmapped_mem, max_mmapped_mem, sbrk_base, tcache_bins, tcache_max_bytes}, and the four counts
   * before them. The largest block that a thread caches follows from the number of bins: the smallest chunk less a word, and 16 bytes for each
   * further bin; since 2.42, which counts whole chunks and leaves room for one byte more, the smallest chunk and that byte.
   */
  record MallocParameters(long mappedChunks, long mappedBytes, long heapStart) {
    private static final int COUNTS_BYTES = 4 * Integer.BYTES;
    private static final int MOST_CACHE_BINS = 64;

    static Optional<MallocParameters> find(List<LibraryData.Stretch> stretches, WordWidth width) {
      for (LibraryData.Stretch stretch : stretches) {
        ByteBuffer bytes = stretch.bytes();
        for (int at = COUNTS_BYTES; at + 5 * width.bytes() <= bytes.limit(); at += width.bytes()) {
          Optional<MallocParameters> found = of(bytes, at, width);
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    }

    /** The parameters whose {@code mmapped_mem} is at this offset. */
    private static Optional<MallocParameters> of(ByteBuffer bytes, int at, WordWidth width) {
      long bins = width.word(bytes, at + 3 * width.bytes());
      long mostCached = width.word(bytes, at + 4 * width.bytes());
      long overSmallest = (bins - 1) * Chunk.ALIGNMENT;
      if (bins <= 0 || bins > MOST_CACHE_BINS || (mostCached != width.smallestChunk() - width.bytes() + overSmallest
          && mostCached != width.smallestChunk() + 1 + overSmallest)) {
        return Optional.empty();
      }
      long mapped = width.word(bytes, at);
      long most = width.word(bytes, at + width.bytes());
      long heapStart = width.word(bytes, at + 2 * width.bytes());
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
}
