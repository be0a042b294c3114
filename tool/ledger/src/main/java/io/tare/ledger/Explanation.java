package io.tare.ledger;

import io.tare.ledger.claims.Owner;
import io.tare.ledger.claims.Piece;
import io.tare.ledger.claims.Stacks;
import io.tare.ledger.rules.Rules;
import io.tare.ledger.rules.Situation;
import io.tare.model.AddressRange;
import io.tare.model.capture.Capture;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.MappingLine;
import io.tare.model.report.Net;
import io.tare.model.report.Observer;
import io.tare.model.report.Report;
import io.tare.model.report.Scales;
import io.tare.model.report.ThreadLine;
import io.tare.model.report.Verdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A capture explained: the whole way from raw artefacts to what is shown. */
public final class Explanation {
  private Explanation() {}

  /** The report of one capture: a pure function, so a capture file gives the same report anywhere. */
  public static Report explain(Capture capture) {
    Evidence evidence = Evidence.read(capture);
    Optional<Reconciler.Reconciled> reconciled = Reconciler.reconcile(evidence);
    Scales scales = ScalesBuilder.of(evidence);
    Optional<Net> net = reconciled.map(r -> NetFigure.of(r.ledger(), evidence));
    List<Verdict> verdicts = reconciled.isEmpty()
        ? List.of()
        : judge(evidence, reconciled.get().ledger(), scales, net.orElseThrow());
    List<Piece> pieces = reconciled.map(Reconciler.Reconciled::pieces).orElse(List.of());
    return new Report(capture.takenAt(), Heading.of(evidence), scales, net,
        reconciled.map(Reconciler.Reconciled::ledger), verdicts,
        Rules.remedies(verdicts), Details.of(evidence), threads(pieces), mappings(pieces), observer(evidence),
        evidence.notes(),
        evidence.problems());
  }

  private static List<Verdict> judge(Evidence evidence, Ledger ledger, Scales scales, Net net) {
    return Rules.judge(new Situation(evidence, ledger, scales, net, HeapFigures.of(evidence)));
  }

  private static List<ThreadLine> threads(List<Piece> pieces) {
    record Stack(String name, String sort) {}
    Map<Stack, ThreadLine> lines = new LinkedHashMap<>();
    for (Piece piece : pieces) {
      if (piece.owner().isPresent() && isStack(piece.owner().get())) {
        Owner owner = piece.owner().get();
        ThreadLine line = new ThreadLine(Stacks.tid(owner.name()).orElse(0), Stacks.threadName(owner.name()),
            owner.account().id(),
            piece.range(), piece.residentBytes());
        // An ended thread's stack has no name: each is a line of its own.
        String key = owner.name().isEmpty() ? piece.range().toString() : owner.name();
        lines.merge(new Stack(key, owner.account().id()), line, Explanation::joined);
      }
    }
    return lines.values().stream()
        .sorted(Comparator.comparingLong(ThreadLine::residentBytes).reversed().thenComparing(ThreadLine::stack))
        .toList();
  }

  private static boolean isStack(Owner owner) {
    return switch (owner.account()) {
      case STACKS_JAVA, STACKS_NATIVE, STACKS_CACHED -> true;
      default -> false;
    };
  }

  private static ThreadLine joined(ThreadLine a, ThreadLine b) {
    return new ThreadLine(a.tid(), a.name(), a.sort(), new AddressRange(a.stack().start(), b.stack().end()),
        a.residentBytes() + b.residentBytes());
  }

  private static List<MappingLine> mappings(List<Piece> pieces) {
    return pieces.stream().map(piece -> {
      Optional<Owner> owner = piece.owner();
      return new MappingLine(piece.range(), piece.mapping().permissions(), piece.mapping().name(),
          owner.map(o -> o.account().id()).orElse("unexplained"), owner.map(Owner::name).orElse(""),
          piece.residentBytes(),
          owner.map(Owner::confidence).orElse(Confidence.MEASURED));
    }).toList();
  }

  private static Observer observer(Evidence evidence) {
    OptionalLong before = evidence.kernel().status().map(s -> s.rssBytes()).orElse(OptionalLong.empty());
    OptionalLong after = evidence.kernel().statusAfter().map(s -> s.rssBytes()).orElse(OptionalLong.empty());
    long delta = before.isPresent() && after.isPresent() ? after.getAsLong() - before.getAsLong() : 0;
    return new Observer(delta, evidence.capture().elapsedMicros() / 1000, evidence.capture().asked());
  }
}
