package io.tare.ledger;

import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.runtimes.natives.Natives;
import io.tare.ledger.words.Words;
import io.tare.model.proc.FileExtent;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import io.tare.model.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

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
    evidence.kernel().mappedFiles().forEach(file -> details.add(new Figure("file " + file.path(), words(file, smaps))));
  }

  /** Mapped memory and the disk count the same file differently: side by side nobody takes one for the other. */
  private static String words(FileExtent file, Smaps smaps) {
    List<Mapping> mappings = smaps.mappings().stream().filter(mapping -> mapping.name().equals(file.path())).toList();
    return Words.bytes(file.lengthBytes()) + " long"
        + (file.holeBytes() > 0 ? ", " + Words.bytes(file.allocatedBytes()) + " on disk" : "") + "; mapped "
        + Words.bytes(mappings.stream().mapToLong(mapping -> mapping.range().bytes()).sum()) + ", resident "
        + sum(mappings, MappingBytes::rss) + ", dirty " + sum(mappings, MappingBytes::dirty) + ", used lately "
        + sum(mappings, MappingBytes::referenced);
  }

  private static String sum(List<Mapping> mappings, ToLongFunction<MappingBytes> count) {
    return Words.bytes(mappings.stream().map(Mapping::bytes).mapToLong(count).sum());
  }

  private static void addUnlessZero(List<Figure> details, String what, long bytes) {
    if (bytes > 0) {
      details.add(new Figure(what, Words.bytes(bytes)));
    }
  }
}
