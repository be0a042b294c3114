package io.tare.ledger.runtimes.go;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.ofRss;
import static io.tare.ledger.words.Words.share;

import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/** Is the weight simply what is in a Go program's heap? */
@NullMarked
final class GoHeap implements Rule {
  private static final String ID = "go-heap";
  private static final long PERCENT = 100;

  @Override
  public Topic topic() {
    return Topic.OTHER_HEAPS;
  }

  @Override
  public boolean appliesTo(Situation s) {
    return s.evidence().capture().target().runtime() == RuntimeKind.GO || s.bytes(Account.GO_HEAP) > 0;
  }

  @Override
  public Verdict judge(Situation s) {
    Optional<RuntimeFacts> go = Go.facts(s.evidence());
    if (go.filter(Go::isUnproved).isPresent()) {
      return new Verdict.CannotTell(ID, "What of the Go heap is in use can't be told.",
          "a layout of Go's counters that Tare knows: they don't add up to what the program mapped. Ask the program itself "
              + "(runtime.MemStats, /debug/vars)",
          List.of(s.reading(Account.MALLOC_UNSPLIT)));
    }
    if (s.bytes(Account.GO_HEAP) == 0) {
      return new Verdict.CannotTell(ID, "How large the Go heap is can't be told.",
          "readable process memory (same user and permission to trace it, or root)", List.of());
    }
    long heap = s.bytes(Account.GO_HEAP);
    OptionalLong alive = go.map(GoHeap::alive).orElse(OptionalLong.empty());
    List<Figure> readings = new ArrayList<>(List.of(s.reading(Account.GO_HEAP)));
    alive.ifPresent(bytes -> readings.add(Situation.reading("alive at the last collection", bytes)));
    if (!s.weighs(heap, Threshold.GO_HEAP)) {
      return new Verdict.No(ID, "The Go heap in use is " + share(heap, s.rss()) + " of RSS.", readings);
    }
    return new Verdict.Yes(ID, "The Go heap in use holds " + ofRss(heap, s.rss()) + ". " + alive(heap, alive),
        s.strength(heap),
        readings, remedies(s, alive, go));
  }

  /** What was alive is counted by objects' sizes: of those that nobody has written to yet the pages are not resident. */
  private static String alive(long heap, OptionalLong alive) {
    if (alive.isEmpty()) {
      return "No collection has run yet that would tell what of it is alive.";
    }
    return alive.getAsLong() <= heap
        ? bytes(alive.getAsLong()) + " of it were alive at the last collection; the rest came since, is dead, or lies "
            + "between objects."
        : "Objects of " + bytes(alive.getAsLong())
            + " were alive at the last collection: more than is resident, so some "
            + "of them were given back since, or were never written to.";
  }

  /** Before the first collection nothing was found alive yet. */
  private static OptionalLong alive(RuntimeFacts go) {
    OptionalLong marked = go.number("heap.marked");
    return marked.orElse(0) > 0 ? marked : OptionalLong.empty();
  }

  private static List<Remedy> remedies(Situation s, OptionalLong alive, Optional<RuntimeFacts> go) {
    List<Remedy> remedies = new ArrayList<>();
    remedies.add(Remedy.open("See who allocated what is alive", "tare who " + s.pid(),
        "none: the profile is a sample that the runtime keeps anyway"));
    long percent = go.map(facts -> facts.number("gc.percent")).orElse(OptionalLong.empty()).orElse(0);
    if (percent > 1 && alive.isPresent()) {
      long half = alive.getAsLong() / PERCENT * (percent / 2);
      if (s.matters(s.bytes(Account.GO_HEAP) - alive.getAsLong() - half)) {
        remedies.add(Remedy.open("Collect sooner: now it waits until the heap has grown by " + percent
            + " % of what was alive", "tare try --vary GOGC=," + percent / 2 + " --until idle -- CMD",
            "about twice the work of collecting; a restart, or debug.SetGCPercent"));
      }
    }
    return remedies;
  }
}
