package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
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
    Optional<ArenaState> mainArena() {
      for (ArenaLayout layout : ArenaLayout.KNOWN) {
        for (int offset = 0; offset + layout.size() <= bytes.limit(); offset += Long.BYTES) {
          Optional<ArenaState> state = ArenaState.of(bytes, offset, start + offset, layout);
          if (state.isPresent()) {
            return state;
          }
        }
      }
      return Optional.empty();
    }
  }
}
