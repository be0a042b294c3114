package io.tare.ledger;

import io.tare.ledger.Reconciler.Reconciled;
import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.owners.Owner;
import io.tare.ledger.owners.Piece;
import io.tare.ledger.rules.Rules;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Thresholds;
import io.tare.ledger.runtimes.KnownRuntime;
import io.tare.model.AddressRange;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Target;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Figure;
import io.tare.model.report.MappingLine;
import io.tare.model.report.Net;
import io.tare.model.report.Observer;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.model.report.Scales;
import io.tare.model.report.ThreadLine;
import io.tare.model.report.Verdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** A capture explained: the whole way from raw artefacts to what is shown. */
public final class Explanation {
  private Explanation() {}

  /** The report of one capture: a pure function, so a capture file gives the same report anywhere. */
  public static Report explain(Capture capture) {
    return explain(capture, Thresholds.DEFAULT);
  }

  /** The same with a user's own thresholds. */
  public static Report explain(Capture capture, Thresholds thresholds) {
    Evidence evidence = EvidenceReader.read(capture);
    Optional<Reconciled> reconciled = Reconciler.reconcile(evidence);
    Optional<Ledger> ledger = reconciled.map(Reconciled::ledger);
    List<Piece> pieces = reconciled.map(Reconciled::pieces).orElse(List.of());
    Scales scales = ScalesBuilder.of(evidence);
    Optional<Net> net = ledger.map(l -> NetFigure.of(l, evidence));
    List<MappingLine> mappings = mappings(pieces);
    // Rules judge what is in memory, which a core file does not tell.
    List<Verdict> verdicts = ledger.isEmpty() || evidence.isOfCore()
        ? List.of()
        : Rules.judge(KnownRuntimes.rules(),
            new Situation(evidence, ledger.get(), mappings, scales, net.orElseThrow(), thresholds));
    return new Report(capture.takenAt(), heading(evidence), scales, evidence.unread(), net, ledger, verdicts,
        Rules.remedies(verdicts, ledger.map(Ledger::residentBytes).orElse(0L), thresholds),
        details(evidence, pieces), threads(pieces), mappings, observer(evidence), evidence.notes(),
        evidence.problems());
  }

  /** What a recording keeps of a ledger. */
  public record Weight(Ledger ledger, Net net) {}

  /** The ledger and the net of {@link #explain}, and nothing that only a reader of the report wants; empty when it has none. */
  public static Optional<Weight> weigh(Capture capture) {
    Evidence evidence = EvidenceReader.read(capture);
    return Reconciler.reconcile(evidence).map(Reconciled::ledger)
        .map(ledger -> new Weight(ledger, NetFigure.of(ledger, evidence)));
  }

  private static List<Figure> details(Evidence evidence, List<Piece> pieces) {
    return Stream.concat(Details.of(evidence).stream(), OwnArenas.details(evidence, pieces).stream()).toList();
  }

  /** How the process is named at the top of its report. */
  private static ReportTarget heading(Evidence evidence) {
    Target target = evidence.capture().target();
    List<KnownRuntime.Heading> headings = KnownRuntimes.ALL.stream().map(runtime -> runtime.heading(evidence)).toList();
    return new ReportTarget(target.pid(), target.name(), target.runtime().words(),
        first(headings, KnownRuntime.Heading::version), first(headings, KnownRuntime.Heading::collector),
        first(headings, KnownRuntime.Heading::flags), evidence.isOfCore());
  }

  private static String first(List<KnownRuntime.Heading> headings, Function<KnownRuntime.Heading, String> word) {
    return headings.stream().map(word).filter(found -> !found.isEmpty()).findFirst().orElse("");
  }

  /** A line a stack. A guard page may cut a thread's stack in two; an ended thread's has no name, so each is a line of its own. */
  private static List<ThreadLine> threads(List<Piece> pieces) {
    Map<Object, ThreadLine> lines = new LinkedHashMap<>();
    for (Piece piece : pieces) {
      piece.owner().filter(Explanation::isStack).ifPresent(owner -> {
        Object key = owner.detail() instanceof Owner.Stack stack
            ? new SortedStack(stack, owner.account())
            : piece.range();
        lines.merge(key, line(owner, piece), Explanation::joined);
      });
    }
    return lines.values().stream()
        .sorted(Comparator.comparingLong(ThreadLine::residentBytes).reversed().thenComparing(ThreadLine::stack))
        .toList();
  }

  private record SortedStack(Owner.Stack stack, Account sort) {}

  private static ThreadLine line(Owner owner, Piece piece) {
    String sort = owner.account().id();
    return owner.detail() instanceof Owner.Stack(long tid, String name)
        ? new ThreadLine(tid, name, sort, piece.range(), piece.residentBytes())
        : new ThreadLine(0, "", sort, piece.range(), piece.residentBytes());
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
          owner.map(o -> o.account().id()).orElse(MappingLine.UNEXPLAINED),
          owner.map(o -> o.detail().label()).orElse(""),
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
