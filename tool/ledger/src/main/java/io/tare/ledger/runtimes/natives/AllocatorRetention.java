package io.tare.ledger.runtimes.natives;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.model.alloc.MallocReading;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Unread;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Does the allocator keep memory that the program gave back? */
final class AllocatorRetention implements Rule {
  private static final String ID = "malloc-retention";

  @Override
  public Topic topic() {
    return Topic.NATIVE_MEMORY;
  }

  @Override
  public Verdict judge(Situation s) {
    Optional<MallocReading> malloc = Natives.malloc(s.evidence());
    if (malloc.isEmpty() || s.matters(s.bytes(Account.MALLOC_UNSPLIT))) {
      return new Verdict.CannotTell(ID, "How much freed memory the allocator keeps can't be told.",
          s.evidence().unread().map(Unread::unlock).orElse(s.bytes(Account.MALLOC_UNSPLIT) > 0
              ? "only glibc's arenas can be walked from outside; ask this allocator for its own statistics"
              : "readable process memory (same user or root)"),
          List.of(s.reading(Account.MALLOC_UNSPLIT)));
    }
    long idle = s.bytes(Account.MALLOC_IDLE);
    List<Figure> readings = List.of(s.reading(Account.MALLOC_IDLE),
        new Figure("arenas", "" + malloc.get().arenas().size()));
    if (!s.weighs(idle, Threshold.MALLOC_IDLE)) {
      return new Verdict.No(ID, "Freed memory that malloc keeps is " + share(idle, s.rss()) + " of RSS.", readings);
    }
    Optional<String> other = malloc.get().walked();
    if (other.isPresent()) {
      return new Verdict.Yes(ID,
          other.get() + " keeps " + bytes(idle) + " that were freed: resident, in use by nobody.",
          s.strength(idle), List.of(s.reading(Account.MALLOC_IDLE)), remedies(other.get()));
    }
    return new Verdict.Yes(ID,
        "malloc keeps " + bytes(idle) + " that were freed: spread over " + malloc.get().arenas().size()
            + " arenas, resident, in use by nobody.",
        s.strength(idle), readings, remedies(s, idle));
  }

  /** How much of it comes back depends on how the free blocks lie; no figure is promised. */
  private static List<Remedy> remedies(String allocator) {
    String how = switch (allocator) {
      case "jemalloc" -> "MALLOC_CONF=background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0";
      case "mimalloc" -> "MIMALLOC_PURGE_DELAY=0, or mi_collect(true) after a peak";
      default -> "TCMALLOC_RELEASE_RATE=10, or MallocExtension::instance()->ReleaseFreeMemory() after a peak";
    };
    return List.of(new Remedy("Let " + allocator + " give free pages back sooner", how, OptionalLong.empty(),
        "page faults when the load comes again; free blocks among used ones stay"));
  }

  private static List<Remedy> remedies(Situation s, long idle) {
    long wholePages = Math.min(idle, Natives.malloc(s.evidence()).stream().flatMap(m -> m.arenas().stream())
        .mapToLong(MallocReading.Arena::freeResidentBytes).sum());
    List<Remedy> remedies = new ArrayList<>();
    if (s.isJvm()) {
      long pid = s.pid();
      remedies.add(new Remedy("Trim now, in the running process", "jcmd " + pid + " System.trim_native_heap",
          OptionalLong.of(wholePages), "some milliseconds under malloc's locks; it comes back with the next load"));
      remedies.add(new Remedy("Trim regularly", "-XX:TrimNativeHeapInterval=60000 (JDK 21 or newer, glibc)",
          OptionalLong.of(wholePages), "short pauses of native allocation; a restart"));
    }
    remedies.add(new Remedy("Use fewer arenas", "MALLOC_ARENA_MAX=2",
        OptionalLong.of(s.part(wholePages, Threshold.MALLOC_RETURN_ARENAS)),
        "contention when many threads allocate natively; a restart"));
    if (wholePages < s.part(idle, Threshold.MALLOC_TRAPPED)) {
      remedies.add(new Remedy("Keep short-lived blocks apart from long-lived ones: " + bytes(idle - wholePages)
          + " lie between blocks in use, where no trim can return them",
          "another allocator (LD_PRELOAD=libjemalloc.so.2), or an arena of their own",
          OptionalLong.of(s.part(idle - wholePages, Threshold.MALLOC_RETURN_APART)),
          "a change of the program, or another allocator; a restart", "between blocks in use"));
    }
    return remedies;
  }
}
