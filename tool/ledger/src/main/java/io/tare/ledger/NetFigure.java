package io.tare.ledger;

import io.tare.model.jvm.NmtReport;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.Net;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What the program itself put there and still uses. */
final class NetFigure {
  private NetFigure() {}

  static Net of(Ledger ledger, Evidence evidence) {
    HeapFigures heap = HeapFigures.of(evidence);
    long heapResident = ledger.bytes(Account.HEAP_USED) + ledger.bytes(Account.HEAP_LIVE)
        + ledger.bytes(Account.HEAP_GARBAGE);
    long liveHeap = liveHeap(ledger, heap, heapResident);
    long malloc = ledger.bytes(Account.MALLOC_USED) + ledger.bytes(Account.MALLOC_MMAPPED)
        + ledger.bytes(Account.MALLOC_UNSPLIT);
    long runtimes = ledger.bytes(Account.GO_HEAP) + ledger.bytes(Account.PYTHON_ARENAS);
    long mapped = ledger.bytes(Account.ANONYMOUS);
    long machinery = machineryInMalloc(evidence, malloc);
    List<Figure> parts = new ArrayList<>();
    add(parts, "heap", liveHeap);
    add(parts, "malloc", malloc - machinery);
    add(parts, "runtime heap", runtimes);
    add(parts, "anonymous", mapped);
    boolean exact = heapResident == 0 ? evidence.natives().malloc().isPresent() : heap.exactLive().isPresent();
    return new Net(liveHeap + malloc - machinery + runtimes + mapped, exact, basis(heap, heapResident, evidence),
        parts);
  }

  private static void add(List<Figure> parts, String what, long bytes) {
    if (bytes > 0) {
      parts.add(new Figure(what, Words.bytes(bytes)));
    }
  }

  private static long liveHeap(Ledger ledger, HeapFigures heap, long resident) {
    if (heap.exactLive().isPresent()) {
      return ledger.bytes(Account.HEAP_LIVE);
    }
    return heap.settled().isPresent() ? Math.min(resident, heap.settled().getAsLong()) : resident;
  }

  /** What of malloc's memory the JVM itself uses, which only NMT knows; zero without NMT. */
  private static long machineryInMalloc(Evidence evidence, long malloc) {
    OptionalLong own = evidence.jvm().nmt().map(NetFigure::ownMalloc).orElse(OptionalLong.empty());
    return Math.min(malloc, own.orElse(0));
  }

  private static OptionalLong ownMalloc(NmtReport nmt) {
    return OptionalLong.of(nmt.categories().stream().filter(c -> !c.name().equals("Other"))
        .mapToLong(c -> c.mallocBytes().orElse(0)).sum());
  }

  private static String basis(HeapFigures heap, long heapResident, Evidence evidence) {
    if (heapResident == 0) {
      return "memory in use by the program";
    }
    String malloc = evidence.jvm().nmt().isPresent() ? "" : "; malloc in use includes the JVM's own";
    if (heap.exactLive().isPresent()) {
      return "live heap after the collection that was asked for" + malloc;
    }
    if (heap.settled().isPresent()) {
      String age = heap.settledAgeMillis().isPresent()
          ? ", " + Words.age(heap.settledAgeMillis().getAsLong()) + " ago"
          : "";
      return "heap in use after the last collection" + age + ": at most this was live then" + malloc;
    }
    return "heap in use, live or dead: no collection has run yet" + malloc;
  }
}
