package io.tare.ledger.rules;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Entry;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Questions about memory that files and other processes share. */
final class FileRules {
  private FileRules() {}

  /** Is RSS mostly mapped files, which the kernel can drop or write back when it needs the room? */
  static final class MappedFiles implements Rule {
    private static final String ID = "mapped-files";

    @Override
    public Topic topic() {
      return Topic.FILES;
    }

    @Override
    public Verdict judge(Situation s) {
      long clean = s.bytes(Account.MAPPED);
      long dirty = s.bytes(Account.MAPPED_DIRTY);
      List<Figure> readings = readings(s);
      if (!s.weighs(clean + dirty, Threshold.MAPPED)) {
        return new Verdict.No(ID, "Mapped files are " + share(clean + dirty, s.rss()) + " of RSS.", readings);
      }
      String dirtyWords = s.matters(dirty)
          ? bytes(dirty) + " of them are changed pages that must be written back first. "
          : "";
      return new Verdict.Yes(ID,
          bytes(clean + dirty) + " of RSS are mapped files, not memory that the program allocated. " + dirtyWords
              + "The kernel takes them back when it needs the room; don't size the heap by this RSS, but by anonymous memory (RssAnon) or the group's working set.",
          s.strength(clean + dirty), readings,
          List.of(Remedy.returning("mapped.drop", clean, "Give pages back by hand where a scan is over",
              "madvise(MADV_DONTNEED)", "the next access reads from disk; a change of the program")));
    }

    private static List<Figure> readings(Situation s) {
      List<Figure> readings = new ArrayList<>(List.of(s.reading(Account.MAPPED), s.reading(Account.MAPPED_DIRTY)));
      Optional<Entry> biggest = s.ledger().entries().stream()
          .filter(e -> e.account() == Account.MAPPED || e.account() == Account.MAPPED_DIRTY)
          .max(Comparator.comparingLong(Entry::residentBytes));
      biggest.ifPresent(e -> readings.add(Situation.reading(e.name(), e.residentBytes())));
      return readings;
    }
  }

  /** Is a good part of RSS shared memory, which no single process owns? */
  static final class SharedMemory implements Rule {
    private static final String ID = "shared-memory";

    @Override
    public Topic topic() {
      return Topic.FILES;
    }

    @Override
    public Verdict judge(Situation s) {
      long shared = s.bytes(Account.SHARED);
      if (!s.weighs(shared, Threshold.SHARED)) {
        return new Verdict.No(ID, "Shared memory is " + share(shared, s.rss()) + " of RSS.",
            List.of(s.reading(Account.SHARED)));
      }
      return new Verdict.Yes(ID,
          bytes(shared) + " of RSS are shared memory. Every process that maps it shows it in its RSS; the group "
              + "is charged once, and only deleting it or ending all users returns it. Compare processes by PSS.",
          s.strength(shared), List.of(s.reading(Account.SHARED)), List.of());
    }
  }
}
