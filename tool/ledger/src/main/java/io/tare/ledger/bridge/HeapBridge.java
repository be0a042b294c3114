package io.tare.ledger.bridge;

import io.tare.ledger.Evidence;
import io.tare.ledger.Explanation;
import io.tare.ledger.Jvm;
import io.tare.model.capture.Capture;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.NativeBridge;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts a heap dump beside a capture of the same process. */
public final class HeapBridge {
  private static final Duration CLOSE = Duration.ofMinutes(2);
  /** Of these a Java object may own a part, so they are in the lines; the heap itself is what the dump is about. */
  private static final Set<Account> IN_LINES = Set.of(Account.HEAP_LIVE, Account.HEAP_GARBAGE, Account.HEAP_USED,
      Account.MALLOC_USED, Account.MALLOC_MMAPPED, Account.MAPPED, Account.MAPPED_DIRTY, Account.STACKS_JAVA,
      Account.METASPACE_CLASS, Account.METASPACE_NONCLASS);

  private HeapBridge() {}

  /** The comparison; empty if the capture has no ledger. */
  public static Optional<NativeBridge> compare(HeapSummary summary, Capture capture) {
    Report report = Explanation.explain(capture);
    Jvm jvm = Evidence.read(capture).jvm();
    return report.ledger().map(ledger -> new NativeBridge(capture.target().pid(), capture.takenAt(),
        new BridgeLines(summary, report, ledger, jvm).all(), rest(ledger), notes(summary, capture.takenAt())));
  }

  /** What is in no line, biggest first. */
  static List<NativeBridge.Rest> rest(Ledger ledger) {
    List<NativeBridge.Rest> rest = new ArrayList<>();
    Arrays.stream(Account.values()).filter(account -> !IN_LINES.contains(account) && ledger.bytes(account) > 0)
        .forEach(account -> rest.add(new NativeBridge.Rest(account.id(), account.title(), ledger.bytes(account))));
    if (ledger.unexplainedBytes() > 0) {
      rest.add(new NativeBridge.Rest("unexplained", "unexplained", ledger.unexplainedBytes()));
    }
    rest.sort(Comparator.comparingLong(NativeBridge.Rest::residentBytes).reversed()
        .thenComparing(NativeBridge.Rest::account));
    return rest;
  }

  static List<String> notes(HeapSummary summary, Instant capturedAt) {
    List<String> notes = new ArrayList<>();
    Duration apart = Duration.between(capturedAt, summary.dump().takenAt()).abs();
    if (apart.compareTo(CLOSE) > 0) {
      notes.add("the capture and the dump were taken " + apart.toMinutes()
          + " minutes apart: what changed in between shows as a difference");
    }
    if (summary.dump().truncated()) {
      notes.add("the dump is cut off: owners are missing in it");
    }
    return notes;
  }
}
