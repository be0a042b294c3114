package io.tare.ledger.runtimes.go;

import static io.tare.ledger.words.Words.bytes;

import io.tare.ledger.rules.IdleRuntimeHeap.Advice;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What to do about idle pages of a Go heap. The runtime's scavenger works against them by itself: it keeps what the next collection will
 * reach and a tenth more, and returns the rest at one percent of a processor's time.
 */
@NullMarked
final class GoIdle {
  private static final long MB = 1 << 20;

  private GoIdle() {}

  static Advice advice(Situation s, long idle) {
    Optional<RuntimeFacts> go = Go.facts(s.evidence());
    List<Figure> readings = new ArrayList<>();
    go.map(facts -> facts.number("gc.next")).orElse(OptionalLong.empty())
        .ifPresent(next -> readings.add(Situation.reading("next collection at a heap of", next)));
    return new Advice(go.map(facts -> ofScavenger(s, facts, idle)).orElse(""), readings, remedies(s, go, idle));
  }

  private static String ofScavenger(Situation s, RuntimeFacts go, long idle) {
    OptionalLong next = go.number("gc.next");
    if (next.isEmpty()) {
      return go.number("gc.percent").orElse(0) < 0
          ? " With GOGC off Go gives nothing back by itself until GOMEMLIMIT is near."
          : "";
    }
    long over = byItself(s, Optional.of(go), idle);
    return over <= 0
        ? " Go keeps it for the growth until the next collection, at a heap of " + bytes(next.getAsLong()) + "."
        : " Go gives about " + bytes(over) + " of it back by itself within minutes, and keeps the rest for the growth "
            + "until the next collection.";
  }

  private static long taken(RuntimeFacts go) {
    return Stream.of("sys.mspan", "sys.mcache", "sys.buckhash", "sys.gc", "sys.other")
        .mapToLong(fact -> go.number(fact).orElse(0)).sum();
  }

  /** What is dead as far as the last collection saw: another comes with it. */
  private static long garbage(Situation s, Optional<RuntimeFacts> go) {
    long marked = go.map(facts -> facts.number("heap.marked").orElse(0)).orElse(0L);
    return marked > 0 ? Math.max(0, s.bytes(Account.GO_HEAP) - marked) : 0;
  }

  /**
   * What was taken while the last collection marked, of which it looked at nothing: all of it may be dead, or none. Without a collection there is
   * nothing of the kind; where the runtime does not tell, there is no bound.
   */
  private static OptionalLong unseen(Situation s, Optional<RuntimeFacts> go) {
    long marked = go.map(facts -> facts.number("heap.marked").orElse(0)).orElse(0L);
    OptionalLong unseen = go.map(facts -> facts.number("heap.marked.unseen")).orElse(OptionalLong.empty());
    return marked == 0
        ? OptionalLong.of(0)
        : unseen.stream().map(bytes -> Math.min(bytes, Math.min(marked, s.bytes(Account.GO_HEAP)))).findFirst();
  }

  /** What the scavenger returns without being told: all above what the next collection will reach and a tenth. */
  private static long byItself(Situation s, Optional<RuntimeFacts> go, long idle) {
    OptionalLong next = go.map(facts -> facts.number("gc.next")).orElse(OptionalLong.empty());
    if (next.isEmpty()) {
      return 0;
    }
    long kept = next.getAsLong() + s.part(next.getAsLong(), Threshold.GO_RETAINED);
    long taken = go.map(facts -> facts.number("heap.inuse").orElse(0) + facts.number("heap.idle").orElse(0)).orElse(0L);
    return Math.clamp(taken - kept, 0, idle);
  }

  private static List<Remedy> remedies(Situation s, Optional<RuntimeFacts> go, long idle) {
    List<Remedy> remedies = new ArrayList<>();
    // The scavenger sleeps as long as the program does: what it has returned after some minutes is anything up to all that it may.
    long byItself = byItself(s, go, idle);
    long garbage = garbage(s, go);
    long kept = idle - byItself;
    // Half of what no collection has looked at: then neither end is further away than the other.
    OptionalLong unseen = unseen(s, go);
    long half = unseen.orElse(0) / 2;
    OptionalLong returned = unseen.isEmpty() ? OptionalLong.empty() : s.figure(kept + garbage + half, byItself + half);
    remedies.add(Remedy.saying("go.free", returned,
        "Return it at once when a peak is over, and what Go would keep with it", "debug.FreeOSMemory()",
        "a full collection, and page faults when the heap grows again; a change of the program"));
    long needed = s.bytes(Account.GO_HEAP) + s.bytes(Account.GO_STACKS) + s.bytes(Account.GO_RUNTIME);
    long slack = s.part(needed, Threshold.GO_RETAINED);
    // The limit counts what the runtime took for itself, resident or not.
    needed += go.map(facts -> Math.max(0, taken(facts) - s.bytes(Account.GO_RUNTIME))).orElse(0L);
    OptionalLong limit = go.map(facts -> facts.number("memory.limit")).orElse(OptionalLong.empty());
    long wanted = (needed + slack + MB - 1) / MB;
    if (s.matters(needed) && kept > slack && (limit.isEmpty() || limit.getAsLong() > wanted * MB)) {
      String now = limit.isPresent() ? " (now " + bytes(limit.getAsLong()) + ")" : "";
      OptionalLong bounded = unseen.isEmpty()
          ? OptionalLong.empty()
          : s.figure(kept - slack, byItself + garbage + unseen.getAsLong());
      remedies.add(Remedy.saying("go.limit", bounded, "Bound what Go keeps" + now, "GOMEMLIMIT=" + wanted + "MiB",
          "more collections when the program needs more than now; a restart, or "
              + "debug.SetMemoryLimit"));
    }
    return remedies;
  }
}
