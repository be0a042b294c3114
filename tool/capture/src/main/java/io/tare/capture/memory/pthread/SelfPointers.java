package io.tare.capture.memory.pthread;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Places whose first word is their own address, as that of every control block on x86-64 is: near the upper end of anonymous
 * mappings, where stacks end, and at the start of {@code [heap]}, where a static program keeps its main thread's.
 */
record SelfPointers(ProcessMemory memory) {
  private static final int PAGES_LOOKED_AT = 5;

  List<Long> find(Smaps smaps) {
    List<Long> found = new ArrayList<>();
    for (Mapping mapping : smaps.mappings()) {
      long bytes = Math.min(mapping.range().bytes(), (long) PAGES_LOOKED_AT * memory.pageBytes());
      if (!mapping.isWritable() || mapping.isSharedMapping() || mapping.bytes().rss() == 0) {
        continue;
      }
      if (mapping.isAnonymous()) {
        found.addAll(in(new AddressRange(mapping.range().end() - bytes, mapping.range().end())));
      } else if (mapping.name().equals("[heap]")) {
        found.addAll(in(AddressRange.ofSize(mapping.range().start(), bytes)));
      }
    }
    return found;
  }

  private List<Long> in(AddressRange range) {
    List<Long> found = new ArrayList<>();
    for (AddressRange run : memory.presentRuns(range)) {
      Optional<byte[]> bytes = memory.read(run.start(), (int) run.bytes());
      bytes.ifPresent(content -> collect(ProcessMemory.inOrder(content), run.start(), found));
    }
    return found;
  }

  private static void collect(ByteBuffer words, long start, List<Long> found) {
    for (int at = 0; at + Long.BYTES <= words.limit(); at += Long.BYTES) {
      if (words.getLong(at) == start + at) {
        found.add(start + at);
      }
    }
  }
}
