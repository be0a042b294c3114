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
          List.of(
              new Remedy("Use a JDK whose ZGC maps its heap once",
                  "JDK 21 or newer with -XX:+ZGenerational, or JDK 24 or newer",
                  OptionalLong.empty(), "an upgrade")));
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
      return new Verdict.Yes(ID, summary, s.strength(idle), List.of(s.reading(Account.HEAP_IDLE)), remedies(s, idle));
    }

    private static List<Remedy> remedies(Situation s, long idle) {
      List<Remedy> remedies = new ArrayList<>();
      if (Jvm.of(s.evidence()).flagIsOn("AlwaysPreTouch")) {
        remedies
            .add(new Remedy("Let the heap become resident as it is used", "-XX:-AlwaysPreTouch", OptionalLong.of(idle),
                "first touches cost latency later; a restart"));
      }
      switch (Jvm.of(s.evidence()).collector()) {
        case "G1" -> remedies.add(new Remedy("Let G1 give memory back while the process is quiet",
            "-XX:G1PeriodicGCInterval=60000 -XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10",
            OptionalLong.of(s.part(idle, Threshold.HEAP_IDLE_RETURN_G1)),
            "a concurrent cycle a minute when idle; a restart"));
        case "Z", "ZGC" ->
          remedies.add(new Remedy("Let ZGC uncommit sooner", "-XX:ZUncommitDelay=30 -XX:SoftMaxHeapSize=<size>",
              OptionalLong.of(s.part(idle, Threshold.HEAP_IDLE_RETURN_ZGC)),
              "memory is committed anew at the next peak; no restart with jcmd VM.set_flag for SoftMaxHeapSize"));
        case "Shenandoah" -> remedies.add(new Remedy("Let Shenandoah uncommit sooner",
            "-XX:ShenandoahUncommitDelay=10000 -XX:ShenandoahGuaranteedGCInterval=30000",
            OptionalLong.of(s.part(idle, Threshold.HEAP_IDLE_RETURN_SHENANDOAH)),
            "regular cycles when idle; a restart"));
        case "Parallel", "Serial" -> remedies.add(new Remedy("Let full collections shrink the heap",
            "-XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10",
            OptionalLong.of(s.part(idle, Threshold.HEAP_IDLE_RETURN_FULL)),
            "it shrinks at a full collection only; a restart"));
        default -> {
        }
      }
      remedies
          .add(new Remedy("Start with less and cap lower", "-Xms<small> -Xmx<peak live × 1.5>", OptionalLong.of(idle),
              "more collections at the peak; a restart"));
      return remedies;
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
      return new Verdict.Yes(ID, summary, exact ? s.strength(garbage) : Verdict.Strength.LOW, readings, List.of(
          new Remedy("Collect earlier: cap the heap closer to the live size", "-Xmx<live × 2>",
              OptionalLong.of(s.part(garbage, Threshold.GARBAGE_RETURN)),
              "more collections; a restart")));
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
      return new Verdict.Yes(ID, summary, exact ? s.strength(bytes) : Verdict.Strength.LOW, readings,
          List.of(new Remedy("See which objects, and who holds them", Jvm.heapDump(s.pid()),
              OptionalLong.empty(), "a heap dump stops the process for seconds")));
    }
  }
}
