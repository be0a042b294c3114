package io.tare.ledger.runtimes.hotspot;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.ledger.words.Words;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Questions about the Java heap: is it counted more than once, idle, garbage, or simply alive? */
final class HeapRules {
  private HeapRules() {}

  /** Does RSS count the heap's pages more than once? */
  static final class MultiMappedHeap implements Rule {
    private static final String ID = "heap-multimapped";

    @Override
    public Topic topic() {
      return Topic.JAVA_HEAP;
    }

    @Override
    public Verdict judge(Situation s) {
      long duplicate = s.bytes(Account.HEAP_DUPLICATE);
      if (!s.matters(duplicate)) {
        return new Verdict.No(ID, "No heap page is counted twice.", List.of());
      }
      String summary = "RSS counts " + bytes(duplicate)
          + " of the heap more than once: the collector maps each heap page at several "
          + "addresses. The container is charged once; read PSS here, not RSS.";
      return new Verdict.Yes(ID, summary, s.strength(duplicate), List.of(s.reading(Account.HEAP_DUPLICATE)),
          once(Jvm.of(s.evidence()).feature()));
    }

    /** Since JDK 21 a ZGC with generations maps its heap once; since 24 there is no other. */
    private static List<Remedy> once(int feature) {
      return feature >= 24
          ? List.of()
          : feature >= 21
              ? List.of(Remedy.open("Use the ZGC with generations, which maps its heap once", "-XX:+ZGenerational",
                  "another collector; a restart"))
              : List.of(
                  Remedy.open("Use a JDK whose ZGC maps its heap once: 21 with -XX:+ZGenerational, or 24 and later", "",
                      "an upgrade"));
    }
  }

  /** Is a good part of RSS heap that holds nothing? */
  static final class IdleHeap implements Rule {
    private static final String ID = "heap-idle";

    @Override
    public Topic topic() {
      return Topic.JAVA_HEAP;
    }

    @Override
    public Verdict judge(Situation s) {
      long idle = s.bytes(Account.HEAP_IDLE);
      if (!s.isJvm()) {
        return new Verdict.No(ID, "Not a JVM.", List.of());
      }
      if (s.bytes(Account.HEAP_UNSPLIT) > 0) {
        return new Verdict.CannotTell(ID, "How much of the resident heap is idle can't be told.",
            "the heap's parts: readable memory, hsperfdata, or --ask", List.of(s.reading(Account.HEAP_UNSPLIT)));
      }
      if (!s.weighs(idle, Threshold.HEAP_IDLE)) {
        return new Verdict.No(ID, "Idle heap is " + share(idle, s.rss()) + " of RSS.",
            List.of(s.reading(Account.HEAP_IDLE)));
      }
      String why = Jvm.of(s.evidence()).flagIsOn("AlwaysPreTouch")
          ? " AlwaysPreTouch made every page of it resident at the start."
          : "";
      String summary = bytes(idle)
          + " of heap are resident but hold no object: reserve that the collector has not given back." + why;
      return new Verdict.Yes(ID, summary, s.strength(idle), List.of(s.reading(Account.HEAP_IDLE)), HeapRemedies.of(s));
    }
  }

  /** Is much of the heap in use only garbage that waits for a collection? */
  static final class Garbage implements Rule {
    private static final String ID = "garbage";

    @Override
    public Topic topic() {
      return Topic.JAVA_HEAP;
    }

    @Override
    public Verdict judge(Situation s) {
      if (!s.isJvm()) {
        return new Verdict.No(ID, "Not a JVM.", List.of());
      }
      if (HeapFigures.of(s.evidence()).exactLive().isPresent()) {
        long garbage = s.bytes(Account.HEAP_GARBAGE);
        return s.weighs(garbage, Threshold.GARBAGE) ? yes(s, garbage, true) : no(s, garbage);
      }
      long used = s.bytes(Account.HEAP_USED);
      if (!s.weighs(used, Threshold.GARBAGE)) {
        return no(s, 0);
      }
      OptionalLong settled = HeapFigures.of(s.evidence()).settled();
      long atLeast = settled.isPresent() ? used - Math.min(used, settled.getAsLong()) : 0;
      if (settled.isPresent() && s.weighs(atLeast, Threshold.GARBAGE_SINCE)) {
        return yes(s, atLeast, false);
      }
      return new Verdict.CannotTell(ID,
          bytes(used) + " of heap are in use; how much of it is still live can't be told from outside.",
          "--ask=gc (runs a full collection) for the exact live size", readings(s));
    }

    private static List<Figure> readings(Situation s) {
      List<Figure> readings = new ArrayList<>();
      readings.add(s.reading(Account.HEAP_USED));
      HeapFigures.of(s.evidence()).settled()
          .ifPresent(b -> readings.add(Situation.reading("heap after the last collection", b)));
      HeapFigures.of(s.evidence()).settledAgeMillis()
          .ifPresent(age -> readings.add(new Figure("last collection", Words.age(age) + " ago")));
      return readings;
    }

    private static Verdict no(Situation s, long garbage) {
      return new Verdict.No(ID, "Garbage is " + share(garbage, s.rss()) + " of RSS.", List.of());
    }

    private static Verdict yes(Situation s, long garbage, boolean exact) {
      String summary = exact
          ? bytes(garbage) + " of the heap were garbage: the collection that was asked for removed them."
          : "Up to " + bytes(garbage)
              + " of the heap came after the last collection: what of it is dead goes at the next one.";
      List<Figure> readings = exact
          ? List.of(s.reading(Account.HEAP_LIVE), s.reading(Account.HEAP_GARBAGE))
          : readings(s);
      return new Verdict.Yes(ID, summary, exact ? s.strength(garbage) : Verdict.Strength.LOW, readings,
          HeapRemedies.of(s));
    }
  }

  /** Is the weight simply what the program keeps alive? */
  static final class LiveHeap implements Rule {
    private static final String ID = "live-heap";

    @Override
    public Topic topic() {
      return Topic.JAVA_HEAP;
    }

    @Override
    public Verdict judge(Situation s) {
      if (!s.isJvm()) {
        return new Verdict.No(ID, "Not a JVM.", List.of());
      }
      OptionalLong live = HeapFigures.of(s.evidence()).exactLive().isPresent()
          ? OptionalLong.of(s.bytes(Account.HEAP_LIVE))
          : HeapFigures.of(s.evidence()).settled();
      if (live.isEmpty()) {
        return new Verdict.CannotTell(ID, "How much of the heap is live can't be told: no collection has run yet.",
            "--ask=gc, or a later reading", List.of(s.reading(Account.HEAP_USED)));
      }
      // What was in use then may be swapped out or given back by now: no more of it is resident than the heap in use is.
      long resident = s.bytes(Account.HEAP_LIVE) + s.bytes(Account.HEAP_USED) + s.bytes(Account.HEAP_UNSPLIT);
      long bytes = Math.min(live.getAsLong(), resident);
      List<Figure> readings = List.of(Situation.reading("live heap, at most", bytes));
      if (!s.weighs(bytes, Threshold.HEAP_LIVE)) {
        return new Verdict.No(ID, "Live heap is at most " + share(bytes, s.rss()) + " of RSS.", readings);
      }
      boolean exact = HeapFigures.of(s.evidence()).exactLive().isPresent();
      String summary = exact
          ? "Objects that the program keeps make up " + bytes(bytes) + ", " + share(bytes, s.rss()) + " of RSS."
          : "The heap in use is the largest part: " + bytes(resident) + (bytes < resident
              ? ", of which at most " + bytes(bytes) + " were live at the last collection."
              : ", all of which may be live.");
      List<Remedy> remedies = new ArrayList<>();
      if (Jvm.of(s.evidence()).hasExactCensus()) {
        remedies.add(s.census("See which classes the objects are of"));
      }
      remedies.add(Remedy.open("See which objects, and who holds them", Jvm.heapDump(s.pid()),
          "a heap dump stops the process for seconds"));
      return new Verdict.Yes(ID, summary, exact ? s.strength(bytes) : Verdict.Strength.LOW, readings, remedies);
    }
  }
}
