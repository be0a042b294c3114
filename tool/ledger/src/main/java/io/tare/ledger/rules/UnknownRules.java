package io.tare.ledger.rules;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.ofRss;

import io.tare.ledger.words.Words;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Kind;
import io.tare.model.report.Figure;
import io.tare.model.report.MappingLine;
import io.tare.model.report.Remedy;
import io.tare.model.report.Unread;
import io.tare.model.report.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Questions about what this reading does not know: memory without an owner, and memory that may be in use or idle. */
final class UnknownRules {
  private UnknownRules() {}

  /** Is there more memory without an owner than rounding and movement explain? */
  static final class Unexplained implements Rule {
    private static final String ID = "unexplained";
    private static final int REGIONS_SHOWN = 8;

    @Override
    public Topic topic() {
      return Topic.NOT_KNOWN;
    }

    @Override
    public Verdict judge(Situation s) {
      long bytes = s.ledger().unexplainedBytes();
      if (bytes == 0 || !s.thresholds().reaches(bytes, Threshold.UNEXPLAINED, s.rss())) {
        return new Verdict.No(ID, "Without an owner are " + ofRss(bytes, s.rss()) + ".", List.of());
      }
      Optional<Unread> unread = s.evidence().unread();
      String why = unread.isPresent()
          ? " because memory could not be read"
          : ": Tare found no owner, which is a gap of Tare's and not of the program";
      return new Verdict.Yes(ID, ofRss(bytes, s.rss()) + ", are unexplained" + why + ".", s.strength(bytes),
          regions(s.mappings()), List.of(unread.map(Unexplained::permission).orElseGet(() -> report(s.pid()))));
    }

    private static Remedy permission(Unread unread) {
      return new Remedy("Read it with permission", unread.unlock(), OptionalLong.empty(), "none");
    }

    private static Remedy report(long pid) {
      return new Remedy("Send a capture, so that Tare learns whose it is; it holds no content of the memory",
          "tare capture " + pid + " --no-paths -o unexplained.tare", OptionalLong.empty(), "none");
    }

    /** The largest regions: where, what may be done with them, how much, and between whom they lie. */
    private static List<Figure> regions(List<MappingLine> mappings) {
      return IntStream.range(0, mappings.size()).filter(i -> mappings.get(i).isUnexplained()).boxed()
          .sorted(Comparator.comparingLong((Integer i) -> mappings.get(i).residentBytes()).reversed())
          .limit(REGIONS_SHOWN).map(i -> region(mappings, i)).toList();
    }

    private static Figure region(List<MappingLine> mappings, int at) {
      MappingLine line = mappings.get(at);
      String before = at == 0 ? "nothing" : name(mappings.get(at - 1));
      String after = at + 1 == mappings.size() ? "nothing" : name(mappings.get(at + 1));
      return new Figure(line.range() + " " + line.permissions(),
          bytes(line.residentBytes()) + " between " + before + " and " + after);
    }

    private static String name(MappingLine line) {
      return !line.file().isEmpty() ? line.file() : line.account();
    }
  }

  /** Is there much of which nobody can say from outside whether it is in use? */
  static final class UnknownUse implements Rule {
    private static final String ID = "unknown-use";

    @Override
    public Topic topic() {
      return Topic.NOT_KNOWN;
    }

    @Override
    public Verdict judge(Situation s) {
      long bytes = s.ledger().bytes(Kind.UNKNOWN);
      List<Entry> entries = s.ledger().entries().stream().filter(entry -> entry.account().kind() == Kind.UNKNOWN)
          .sorted(Comparator.comparingLong(Entry::residentBytes).reversed()).toList();
      List<Figure> readings = entries.stream().limit(5)
          .map(entry -> new Figure(name(entry), ofRss(entry.residentBytes(), s.rss()))).toList();
      if (!s.weighs(bytes, Threshold.UNKNOWN_USE)) {
        return new Verdict.No(ID, "In use or idle, not known, are " + ofRss(bytes, s.rss()) + ".", readings);
      }
      return new Verdict.CannotTell(ID, "Of " + bytes(bytes) + ", " + Words.share(bytes, s.rss())
          + " of RSS, it is not known whether they are in use or idle; most of it is "
          + (s.evidence().unread().isPresent() ? "anonymous memory, whoever mapped it" : whose(entries.getFirst()))
          + ".",
          missing(s, entries.getFirst()), readings);
    }

    private static String name(Entry entry) {
      return entry.account().id() + (entry.name().isEmpty() ? "" : " " + entry.name());
    }

    private static String whose(Entry entry) {
      return switch (entry.account()) {
        case MALLOC_UNSPLIT ->
          (entry.name().isEmpty() || entry.name().startsWith("[") ? "an allocator" : entry.name()) + "'s";
        case ANONYMOUS -> "memory that the program mapped itself";
        default -> "the runtime's heap";
      };
    }

    private static String missing(Situation s, Entry most) {
      Optional<Unread> unread = s.evidence().unread();
      if (unread.isPresent()) {
        return unread.get().unlock();
      }
      return switch (most.account()) {
        case MALLOC_UNSPLIT -> "the allocator's own statistics";
        case ANONYMOUS -> "the program's own word on its pools and arenas; --all lists the ranges";
        default -> "the runtime's own statistics; its structures could not be read";
      };
    }
  }
}
