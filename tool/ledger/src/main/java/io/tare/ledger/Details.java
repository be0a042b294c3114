package io.tare.ledger;

import io.tare.ledger.claims.Allocators;
import io.tare.model.alloc.MallocReading;
import io.tare.model.jvm.NmtReport;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import io.tare.model.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Single facts for those who ask further: what lies behind an account, and what RSS does not count. */
final class Details {
  private Details() {}

  static List<Figure> of(Evidence evidence) {
    List<Figure> details = new ArrayList<>();
    heap(evidence, details);
    evidence.natives().malloc().ifPresent(malloc -> malloc(malloc, details));
    evidence.smaps().ifPresent(smaps -> mappings(smaps, evidence, details));
    evidence.jvm().nmt().ifPresent(nmt -> nmt(nmt, details));
    return List.copyOf(details);
  }

  private static void heap(Evidence evidence, List<Figure> details) {
    HeapFigures heap = HeapFigures.of(evidence);
    add(details, "heap maximum", heap.max());
    add(details, "heap committed", heap.committed());
    add(details, "heap in use", heap.used());
    if (heap.committed().isPresent() && heap.max().isPresent()) {
      add(details, "heap never committed",
          OptionalLong.of(Math.max(0, heap.max().getAsLong() - heap.committed().getAsLong())));
    }
    add(details, "heap after the last collection", heap.settled());
    heap.settledAgeMillis().ifPresent(age -> details.add(new Figure("last collection", Words.age(age) + " ago")));
    add(details, "heap file's blocks, touched or not (charged to the group)", evidence.kernel().descriptors().stream()
        .filter(fd -> fd.target().contains("java_heap")).mapToLong(fd -> fd.allocatedBytes()).max());
    add(details, "direct buffers", evidence.jvm().number("direct.reserved"));
  }

  private static void malloc(MallocReading malloc, List<Figure> details) {
    long threads = malloc.arenas().stream().filter(arena -> !arena.main()).count();
    details.add(new Figure("malloc arenas", "main and " + threads + " of threads"));
    add(details, "malloc in use",
        OptionalLong.of(malloc.arenas().stream().mapToLong(MallocReading.Arena::inUseBytes).sum()));
    add(details, "malloc free, resident or not",
        OptionalLong.of(malloc.arenas().stream().mapToLong(MallocReading.Arena::freeBytes).sum()));
  }

  private static void mappings(Smaps smaps, Evidence evidence, List<Figure> details) {
    details.add(new Figure("mappings", "" + smaps.mappings().size()));
    Allocators.foreign(smaps, evidence.natives().executable())
        .ifPresent(name -> details.add(new Figure("allocator", name)));
    addUnlessZero(details, "in transparent huge pages", smaps.total(MappingBytes::anonHuge));
    addUnlessZero(details, "hugetlb pages (not in RSS)", smaps.total(MappingBytes::hugetlb));
    addUnlessZero(details, "locked", smaps.total(MappingBytes::locked));
    addUnlessZero(details, "freed lazily (MADV_FREE)", smaps.total(MappingBytes::lazyFree));
    addUnlessZero(details, "swapped out", smaps.total(MappingBytes::swap));
  }

  private static void nmt(NmtReport nmt, List<Figure> details) {
    for (NmtReport.Category category : nmt.categories()) {
      details.add(new Figure("NMT " + category.name(), Words.bytes(category.committedBytes()) + " committed"
          + (category.mallocBytes().isPresent()
              ? ", " + Words.bytes(category.mallocBytes().getAsLong()) + " by malloc"
              : "")));
    }
  }

  private static void addUnlessZero(List<Figure> details, String what, long bytes) {
    if (bytes > 0) {
      details.add(new Figure(what, Words.bytes(bytes)));
    }
  }

  private static void add(List<Figure> details, String what, OptionalLong bytes) {
    bytes.ifPresent(b -> details.add(new Figure(what, Words.bytes(b))));
  }
}
