package io.tare.ledger;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.runtimes.natives.Natives;
import io.tare.ledger.words.Words;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import io.tare.model.report.Figure;
import java.util.ArrayList;
import java.util.List;

/** Single facts for those who ask further: what lies behind an account, and what RSS does not count. */
final class Details {
  private Details() {}

  static List<Figure> of(Evidence evidence) {
    List<Figure> details = new ArrayList<>();
    KnownRuntimes.ALL.forEach(runtime -> details.addAll(runtime.details(evidence)));
    evidence.smaps().ifPresent(smaps -> mappings(smaps, evidence, details));
    KnownRuntimes.ALL.forEach(runtime -> details.addAll(runtime.ownCounts(evidence)));
    return List.copyOf(details);
  }

  private static void mappings(Smaps smaps, Evidence evidence, List<Figure> details) {
    details.add(new Figure("mappings", "" + smaps.mappings().size()));
    Natives.foreignAllocator(evidence).ifPresent(name -> details.add(new Figure("allocator", name)));
    addUnlessZero(details, "in transparent huge pages", smaps.total(MappingBytes::anonHuge));
    addUnlessZero(details, "hugetlb pages (not in RSS)", smaps.total(MappingBytes::hugetlb));
    addUnlessZero(details, "locked", smaps.total(MappingBytes::locked));
    addUnlessZero(details, "freed lazily (MADV_FREE)", smaps.total(MappingBytes::lazyFree));
    addUnlessZero(details, "swapped out", smaps.total(MappingBytes::swap));
  }

  private static void addUnlessZero(List<Figure> details, String what, long bytes) {
    if (bytes > 0) {
      details.add(new Figure(what, Words.bytes(bytes)));
    }
  }
}
