package io.tare.ledger.runtimes.hotspot;

import io.tare.ledger.evidence.Evidence;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.PerfData;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The Java heap's totals, each from the best source that has it.
 *
 * @param used objects, live or dead, at the moment of the reading
 * @param committed what the collector holds ready
 * @param exactLive heap in use right after a full collection that was asked for
 * @param settled heap in use after the last collection that ran by itself: an upper bound of what was live then
 * @param settledAgeMillis how long ago that was
 */
record HeapFigures(
    OptionalLong used,
    OptionalLong committed,
    OptionalLong max,
    OptionalLong exactLive,
    OptionalLong settled,
    OptionalLong settledAgeMillis) {

  static HeapFigures of(Evidence evidence) {
    Jvm jvm = Jvm.of(evidence);
    OptionalLong parts = usedByParts(jvm);
    OptionalLong used = parts.isPresent() ? parts : or(jvm.number("heap.used"), perfUsed(jvm));
    OptionalLong settled = or(jvm.number("heap.usedAfterLastGc"), perfSettled(jvm));
    OptionalLong age = or(jvm.number("gc.lastAgeMillis"), perfAge(evidence));
    return new HeapFigures(used, or(jvm.number("heap.committed"), perfSum(jvm, "capacity")), jvm.number("heap.max"),
        jvm.liveAfterGc(), bounded(settled, used), age);
  }

  private static OptionalLong bounded(OptionalLong settled, OptionalLong used) {
    return settled.isPresent() && used.isPresent()
        ? OptionalLong.of(Math.min(settled.getAsLong(), used.getAsLong()))
        : settled;
  }

  private static OptionalLong or(OptionalLong first, OptionalLong second) {
    return first.isPresent() ? first : second;
  }

  private static OptionalLong usedByParts(Jvm jvm) {
    Optional<JvmLayout> knowing = jvm.layouts().stream().filter(l -> !l.heapParts().isEmpty()).findFirst();
    return knowing.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(knowing.get().heapParts().stream().mapToLong(HeapPart::usedBytes).sum());
  }

  private static OptionalLong perfUsed(Jvm jvm) {
    return perfSum(jvm, "used");
  }

  private static OptionalLong perfSum(Jvm jvm, String what) {
    return jvm.perf().map(perf -> sum(perf, what, true)).orElse(OptionalLong.empty());
  }

  /** Counters of the old and survivor spaces are renewed at the end of each collection; eden is what came since. */
  private static OptionalLong perfSettled(Jvm jvm) {
    if (jvm.perfNumber("sun.gc.collector.0.invocations").orElse(0)
        + jvm.perfNumber("sun.gc.collector.1.invocations").orElse(0) == 0) {
      return OptionalLong.empty();
    }
    return jvm.perf().map(perf -> sum(perf, "used", false)).orElse(OptionalLong.empty());
  }

  private static OptionalLong sum(PerfData perf, String what, boolean withEden) {
    long sum = 0;
    boolean found = false;
    for (int generation = 0; generation < 2; generation++) {
      for (int space = 0; space < 3; space++) {
        OptionalLong value = perf.number("sun.gc.generation." + generation + ".space." + space + "." + what);
        boolean eden = generation == 0 && space == 0 && perf.number("sun.gc.generation.0.space.1." + what).isPresent();
        if (value.isPresent() && (withEden || !eden)) {
          sum += value.getAsLong();
          found = true;
        }
      }
    }
    return found ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  private static OptionalLong perfAge(Evidence evidence) {
    Jvm jvm = Jvm.of(evidence);
    OptionalLong frequency = jvm.perfNumber("sun.os.hrt.frequency");
    OptionalLong uptime = evidence.uptimeMillis();
    long last = -1;
    for (int collector = 0; collector < 3; collector++) {
      last = Math.max(last, jvm.perfNumber("sun.gc.collector." + collector + ".lastExitTime").orElse(-1));
    }
    if (frequency.isEmpty() || uptime.isEmpty() || last <= 0 || frequency.getAsLong() < 1000) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(0, uptime.getAsLong() - last / (frequency.getAsLong() / 1000)));
  }
}
