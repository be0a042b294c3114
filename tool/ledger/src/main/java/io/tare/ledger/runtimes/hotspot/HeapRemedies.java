package io.tare.ledger.runtimes.hotspot;

import static io.tare.ledger.words.Words.bytes;

import io.tare.ledger.rules.Situation;
import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/**
 * What gives heap back, by collector. A figure is stated only where the collector itself decides how far the heap comes down: to its
 * minimum, or to what is live and the free part beside it that the JVM is told to keep. How far a lower maximum brings it down depends on
 * what the program needs at its peak, which one reading does not know.
 */
@NullMarked
final class HeapRemedies {
  private static final long MB = 1 << 20;
  /** A heap that starts smaller only has to grow at once. */
  private static final long LEAST_MINIMUM = 16 * MB;
  private static final int PERCENT = 100;
  private static final int USUAL_MOST_FREE = 70;
  private static final int LITTLE_FREE = 30;
  private static final int PERIODIC_SINCE = 12;
  private static final int Z_UNCOMMITS_SINCE = 13;
  private static final String SAME_BYTES = "heap";

  private final Situation s;
  private final Jvm jvm;
  private final long resident;
  private final OptionalLong live;
  private final boolean liveIsExact;
  private final long minimum;

  private HeapRemedies(Situation s) {
    this.s = s;
    jvm = Jvm.of(s.evidence());
    resident = s.bytes(Account.HEAP_USED) + s.bytes(Account.HEAP_LIVE) + s.bytes(Account.HEAP_GARBAGE)
        + s.bytes(Account.HEAP_IDLE);
    HeapFigures figures = HeapFigures.of(s.evidence());
    liveIsExact = figures.exactLive().isPresent();
    live = figures.exactLive().isPresent() ? figures.exactLive() : figures.settled();
    minimum = jvm.number("flag.MinHeapSize").orElse(jvm.number("flag.InitialHeapSize").orElse(0));
  }

  static List<Remedy> of(Situation s) {
    HeapRemedies heap = new HeapRemedies(s);
    List<Remedy> remedies = new ArrayList<>();
    heap.pretouch(remedies);
    switch (heap.jvm.collector()) {
      case "G1" -> heap.g1(remedies);
      case "Z", "ZGC" -> {
        if (heap.jvm.feature() >= Z_UNCOMMITS_SINCE) {
          heap.uncommitting(remedies, "ZGC", "ZUncommit", "-XX:ZUncommitDelay=30");
        }
      }
      case "Shenandoah" -> {
        heap.collect(remedies, HeapFigures.of(s.evidence()).exactLive());
        heap.uncommitting(remedies, "Shenandoah", "ShenandoahUncommit",
            "-XX:+UnlockExperimentalVMOptions -XX:ShenandoahUncommitDelay=30000");
      }
      default -> {
      }
    }
    heap.smallerMaximum(remedies);
    heap.sizeByALoad(remedies);
    return remedies.stream().map(remedy -> remedy.of(SAME_BYTES)).toList();
  }

  private void pretouch(List<Remedy> remedies) {
    if (jvm.flagIsOn("AlwaysPreTouch")) {
      // Between collections a program touches what is idle again: what it would never have touched is known before the first one only.
      long idle = s.bytes(Account.HEAP_IDLE);
      remedies.add(Remedy.saying("heap.pretouch", s.figure(idle, hasCollected() ? idle : 0),
          "Let the heap become resident as it is used", "-XX:-AlwaysPreTouch",
          "first touches cost latency later; a restart"));
    }
  }

  private boolean hasCollected() {
    return jvm.perfNumber("sun.gc.collector.0.invocations").orElse(0) > 0
        || jvm.perfNumber("sun.gc.collector.1.invocations").orElse(0) > 0;
  }

  /** What was left after a collection of a part of the heap holds garbage of the other part, up to all of it. */
  private OptionalLong figureBeside(long stays) {
    return s.figure(returned(Math.max(stays, minimum)), liveIsExact || stays < minimum ? 0 : stays);
  }

  private void g1(List<Remedy> remedies) {
    long mostFree = Math.clamp(jvm.number("flag.MaxHeapFreeRatio").orElse(USUAL_MOST_FREE), 0, PERCENT - 1);
    collect(remedies, live.isPresent() ? OptionalLong.of(beside(live.getAsLong(), mostFree)) : live);
    if (live.isEmpty() || jvm.feature() < PERIODIC_SINCE || jvm.number("flag.G1PeriodicGCInterval").orElse(1) > 0) {
      return;
    }
    long wanted = beside(live.getAsLong(), LITTLE_FREE);
    long returned = returned(Math.max(wanted, lowerMinimum()));
    remedies.add(Remedy.saying("heap.periodic", s.figure(returned, liveIsExact ? 0 : wanted),
        "Let G1 give memory back while the process is quiet",
        minimumFlag() + "-XX:G1PeriodicGCInterval=60000 -XX:MaxHeapFreeRatio=" + LITTLE_FREE
            + " -XX:MinHeapFreeRatio=10",
        "a concurrent cycle a minute while it is quiet; a restart"));
  }

  private static long beside(long live, long freePercent) {
    return live * PERCENT / (PERCENT - freePercent);
  }

  /**
   * A collection that is asked for, after which these two collectors give back at once what they may.
   *
   * @param stays empty where the counters tell no heap after a collection, as Shenandoah's
   */
  private void collect(List<Remedy> remedies, OptionalLong stays) {
    if (!jvm.flagIsOn("DisableAttachMechanism") && live.isPresent()) {
      OptionalLong returned = stays.isPresent() ? figureBeside(stays.getAsLong()) : stays;
      remedies.add(Remedy.saying("heap.collect", returned, "Collect now, in the running process, when a peak is over",
          "jcmd " + s.pid() + " GC.run",
          "a full collection: the program stands still meanwhile (Shenandoah: mostly runs on)").byOrder("GC.run"));
    }
  }

  /** Collectors that give idle heap back by themselves after a while, down to the minimum. */
  private void uncommitting(List<Remedy> remedies, String collector, String flag, String sooner) {
    boolean does = !jvm.fact("flag." + flag).filter("false"::equals).isPresent();
    long used = resident - s.bytes(Account.HEAP_IDLE);
    if (does && minimum <= Math.max(used, LEAST_MINIMUM)) {
      remedies
          .add(Remedy.open(collector + " gives idle heap back by itself after a while without use; let it do so sooner",
              sooner, "memory is committed anew at the next peak; a restart"));
      return;
    }
    long stays = Math.max(used, lowerMinimum());
    String on = does ? "" : "-XX:+" + flag + " ";
    long garbage = Math.max(0, used - (liveIsExact ? live.orElse(0) : 0));
    remedies.add(Remedy.saying("heap.minimum", s.figure(returned(stays), garbage),
        "Let " + collector + " give idle heap back: " + (does
            ? "the heap's minimum of " + bytes(minimum) + " keeps it from that"
            : "that is switched off"),
        minimumFlag() + (does ? sooner : sooner.replace("-XX:" + flag, on + "-XX:" + flag)),
        "memory is committed anew at the next peak; a restart"));
  }

  private long returned(long stays) {
    return Math.max(0, resident - stays);
  }

  /** What the minimum would be after it was lowered. */
  private long lowerMinimum() {
    return Math.min(minimum, Math.max(LEAST_MINIMUM, roundedUp(live.orElse(LEAST_MINIMUM), MB)));
  }

  private String minimumFlag() {
    return lowerMinimum() < minimum ? "-Xms" + lowerMinimum() / MB + "m " : "";
  }

  private void smallerMaximum(List<Remedy> remedies) {
    long wanted = live.isPresent() ? 2 * live.getAsLong() : resident / 2;
    long megabytes = roundedUp(Math.max(wanted, LEAST_MINIMUM), LEAST_MINIMUM) / MB;
    if (megabytes * MB < resident) {
      remedies.add(Remedy.open("Cap the heap lower: how much it needs at its peak, one reading does not know",
          "tare try --vary -Xmx=," + megabytes + "m --until idle -- CMD", "more collections at the peak; a restart"));
    }
  }

  /** Where neither the collector gives back nor a lower maximum is in sight, what the heap needs has to be seen first. */
  private void sizeByALoad(List<Remedy> remedies) {
    if (remedies.isEmpty()) {
      remedies.add(Remedy.open("Record it under load, and size the heap by what it needs there",
          "tare record " + s.pid() + " --for 30m -o load.tarerec; tare advise load.tarerec",
          "half an hour's patience; a restart with the new size"));
    }
  }

  private static long roundedUp(long bytes, long unit) {
    return (bytes + unit - 1) / unit * unit;
  }
}
