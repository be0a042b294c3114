package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;
import static io.tare.ledger.Words.share;

import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Is a good part of RSS heap that holds nothing? */
final class IdleHeap implements Rule {
  private static final String ID = "heap-idle";

  @Override
  public Verdict judge(Situation s) {
    long idle = s.bytes(Account.HEAP_IDLE);
    if (!s.isJvm()) {
      return new Verdict.No(ID, "Not a JVM.", List.of());
    }
    if (s.heap().used().isEmpty() && s.bytes(Account.HEAP_USED) > 0) {
      return new Verdict.CannotTell(ID, "How much of the resident heap is idle can't be told.",
          "the heap's parts: readable memory, hsperfdata, or --ask", List.of(s.reading(Account.HEAP_USED)));
    }
    if (!s.weighs(idle, 10)) {
      return new Verdict.No(ID, "Idle heap is " + share(idle, s.rss()) + " of RSS.",
          List.of(s.reading(Account.HEAP_IDLE)));
    }
    String why = s.flagIsOn("AlwaysPreTouch") ? " AlwaysPreTouch made every page of it resident at the start." : "";
    String summary = bytes(idle)
        + " of heap are resident but hold no object: reserve that the collector has not given back." + why;
    return new Verdict.Yes(ID, summary, s.strength(idle), List.of(s.reading(Account.HEAP_IDLE)), remedies(s, idle));
  }

  private static List<Remedy> remedies(Situation s, long idle) {
    List<Remedy> remedies = new ArrayList<>();
    if (s.flagIsOn("AlwaysPreTouch")) {
      remedies
          .add(new Remedy("Let the heap become resident as it is used", "-XX:-AlwaysPreTouch", OptionalLong.of(idle),
              "first touches cost latency later; a restart"));
    }
    switch (s.collector()) {
      case "G1" -> remedies.add(new Remedy("Let G1 give memory back while the process is quiet",
          "-XX:G1PeriodicGCInterval=60000 -XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10",
          OptionalLong.of(idle * 7 / 10),
          "a concurrent cycle a minute when idle; a restart"));
      case "Z", "ZGC" ->
        remedies.add(new Remedy("Let ZGC uncommit sooner", "-XX:ZUncommitDelay=30 -XX:SoftMaxHeapSize=<size>",
            OptionalLong.of(idle * 8 / 10),
            "memory is committed anew at the next peak; no restart with jcmd VM.set_flag for SoftMaxHeapSize"));
      case "Shenandoah" -> remedies.add(new Remedy("Let Shenandoah uncommit sooner",
          "-XX:ShenandoahUncommitDelay=10000 -XX:ShenandoahGuaranteedGCInterval=30000", OptionalLong.of(idle * 8 / 10),
          "regular cycles when idle; a restart"));
      case "Parallel", "Serial" -> remedies.add(new Remedy("Let full collections shrink the heap",
          "-XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10", OptionalLong.of(idle / 2),
          "it shrinks at a full collection only; a restart"));
      default -> {
      }
    }
    remedies.add(new Remedy("Start with less and cap lower", "-Xms<small> -Xmx<peak live × 1.5>", OptionalLong.of(idle),
        "more collections at the peak; a restart"));
    return remedies;
  }
}
