package io.tare.reconcile;

import io.tare.model.alloc.MallocReading;
import io.tare.model.jvm.NmtReport;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import io.tare.model.report.Reading;
import io.tare.reconcile.attribution.Allocators;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Single facts for those who ask further: what lies behind an account, and what RSS does not count. */
final class Details {
  private Details() {}

  static List<Reading> of(Evidence evidence) {
    List<Reading> details = new ArrayList<>();
    heap(evidence, details);
    evidence.natives().malloc().ifPresent(malloc -> malloc(malloc, details));
    evidence.smaps().ifPresent(smaps -> mappings(smaps, evidence, details));
    evidence.jvm().nmt().ifPresent(nmt -> nmt(nmt, details));
    return List.copyOf(details);
  }

  private static void heap(Evidence evidence, List<Reading> details) {
    HeapFigures heap = HeapFigures.of(evidence);
    add(details, "heap maximum", heap.max());
    add(details, "heap committed", heap.committed());
    add(details, "heap in use", heap.used());
    if (heap.committed().isPresent() && heap.max().isPresent()) {
      add(details, "heap never committed",
          OptionalLong.of(Math.max(0, heap.max().getAsLong() - heap.committed().getAsLong())));
    }
    add(details, "heap after the last collection", heap.settled());
    heap.settledAgeMillis().ifPresent(age -> details.add(new Reading("last collection", Words.age(age) + " ago")));
    add(details, "heap file's blocks, touched or not (charged to the group)", evidence.kernel().descriptors().stream()
        .filter(fd -> fd.target().contains("java_heap")).mapToLong(fd -> fd.allocatedBytes()).max());
    add(details, "direct buffers", evidence.jvm().number("direct.reserved"));
  }

  private static void malloc(MallocReading malloc, List<Reading> details) {
    long threads = malloc.arenas().stream().filter(arena -> !arena.main()).count();
    details.add(new Reading("malloc arenas", "main and " + threads + " of threads"));
    add(details, "malloc in use",
        OptionalLong.of(malloc.arenas().stream().mapToLong(MallocReading.Arena::inUseBytes).sum()));
    add(details, "malloc free, resident or not",
        OptionalLong.of(malloc.arenas().stream().mapToLong(MallocReading.Arena::freeBytes).sum()));
  }

  private static void mappings(Smaps smaps, Evidence evidence, List<Reading> details) {
    details.add(new Reading("mappings", "" + smaps.mappings().size()));
    Allocators.foreign(smaps, evidence.natives().executable())
        .ifPresent(name -> details.add(new Reading("allocator", name)));
    addUnlessZero(details, "in transparent huge pages", smaps.total(MappingBytes::anonHuge));
    addUnlessZero(details, "hugetlb pages (not in RSS)", smaps.total(MappingBytes::hugetlb));
    addUnlessZero(details, "locked", smaps.total(MappingBytes::locked));
    addUnlessZero(details, "freed lazily (MADV_FREE)", smaps.total(MappingBytes::lazyFree));
    addUnlessZero(details, "swapped out", smaps.total(MappingBytes::swap));
  }

  private static void nmt(NmtReport nmt, List<Reading> details) {
    for (NmtReport.Category category : nmt.categories()) {
      details.add(new Reading("NMT " + category.name(), Words.bytes(category.committedBytes()) + " committed"
          + (category.mallocBytes().isPresent()
              ? ", " + Words.bytes(category.mallocBytes().getAsLong()) + " by malloc"
              : "")));
    }
  }

  private static void addUnlessZero(List<Reading> details, String what, long bytes) {
    if (bytes > 0) {
      details.add(new Reading(what, Words.bytes(bytes)));
    }
  }

  private static void add(List<Reading> details, String what, OptionalLong bytes) {
    bytes.ifPresent(b -> details.add(new Reading(what, Words.bytes(b))));
  }
}
