package io.tare.ledger.runtimes.natives;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.ledger.runtimes.hotspot.Jvm;
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
  private static final int TRIM_ORDER_SINCE = 17;
  private static final int FEW_ARENAS = 2;

  @Override
  public Topic topic() {
    return Topic.NATIVE_MEMORY;
  }

  @Override
  public Verdict judge(Situation s) {
    Optional<MallocReading> malloc = Natives.malloc(s.evidence());
    long idle = s.bytes(Account.MALLOC_IDLE);
    // What is known to be idle is idle whatever the rest is.
    boolean isOpen = s.matters(s.bytes(Account.MALLOC_UNSPLIT)) && !s.weighs(idle, Threshold.MALLOC_IDLE);
    if (malloc.isEmpty() || isOpen) {
      return new Verdict.CannotTell(ID, "How much freed memory the allocator keeps can't be told.",
          s.evidence().unread().map(Unread::unlock).orElse(s.bytes(Account.MALLOC_UNSPLIT) > 0
              ? "only glibc's arenas can be walked from outside; ask this allocator for its own statistics"
              : "readable process memory (same user or root)"),
          List.of(s.reading(Account.MALLOC_UNSPLIT)));
    }
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
      case "jemalloc" -> "MALLOC_CONF=,background_thread:true";
      case "mimalloc" -> "MIMALLOC_PURGE_DELAY=,0";
      default -> "TCMALLOC_RELEASE_RATE=,10";
    };
    return List.of(Remedy.open("Let " + allocator + " give free pages back sooner",
        "tare try --vary " + how + " --until idle -- CMD",
        "page faults when the load comes again; free blocks among used ones stay"));
  }

  private static List<Remedy> remedies(Situation s, long idle) {
    long wholePages = Math.min(idle, Natives.malloc(s.evidence()).stream().flatMap(m -> m.arenas().stream())
        .mapToLong(MallocReading.Arena::freeResidentBytes).sum());
    List<Remedy> remedies = new ArrayList<>();
    boolean walkedWhole = Natives.malloc(s.evidence()).stream().flatMap(m -> m.arenas().stream())
        .allMatch(MallocReading.Arena::complete);
    trim(s, walkedWhole ? OptionalLong.of(wholePages) : OptionalLong.empty(), remedies);
    if (wholePages < s.part(idle, Threshold.MALLOC_TRAPPED)) {
      remedies.add(Remedy.open("Keep short-lived blocks apart from long-lived ones, or try another allocator: "
          + bytes(idle - wholePages) + " lie between blocks in use, where no trim can return them",
          "tare try --vary preload=,libjemalloc.so.2 --until idle -- CMD",
          "a change of the program, or another allocator; a restart").of("between blocks in use"));
    }
    if (Natives.malloc(s.evidence()).stream().mapToLong(m -> m.arenas().size()).sum() > FEW_ARENAS) {
      remedies.add(Remedy.open("Use fewer arenas", "tare try --vary MALLOC_ARENA_MAX=,2 --until idle -- CMD",
          "contention when many threads allocate natively; a restart"));
    }
    return remedies;
  }

  /** @param returned empty where an arena was walked in part only: then whole pages that nobody counted come back too */
  private static void trim(Situation s, OptionalLong returned, List<Remedy> remedies) {
    if (!s.isJvm()) {
      remedies.add(Remedy.saying("malloc.trim-call", returned, "Call it in the program when a peak is over",
          "malloc_trim(0)", "some milliseconds under malloc's locks; a change of the program"));
      return;
    }
    Jvm jvm = Jvm.of(s.evidence());
    if (jvm.feature() >= TRIM_ORDER_SINCE && !jvm.flagIsOn("DisableAttachMechanism")) {
      remedies.add(Remedy.saying("malloc.trim", returned, "Trim now, in the running process",
          "jcmd " + s.pid() + " System.trim_native_heap",
          "some milliseconds under malloc's locks; it comes back with the next load").byOrder(
              "System.trim_native_heap"));
    }
    // The flag came with JDK 22 and went into older ones later: only the JVM itself tells whether it has it.
    if (jvm.number("flag.TrimNativeHeapInterval").orElse(1) == 0) {
      remedies.add(Remedy.saying("malloc.trim-interval", returned, "Trim regularly",
          "-XX:TrimNativeHeapInterval=60000", "short pauses of native allocation; a restart"));
    }
  }
}
