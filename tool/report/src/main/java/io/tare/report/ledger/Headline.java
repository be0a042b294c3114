package io.tare.report.ledger;

import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.model.report.Verdict;
import io.tare.report.look.Count;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a report begins with: who was weighed, and the one sentence; then the verdicts in the order in which they are read. */
final class Headline {
  private Headline() {}

  /** Who was weighed, and when. */
  static List<String> facts(Report report) {
    ReportTarget target = report.target();
    String runtime = Stream.of(target.runtime(), target.version()).filter(s -> !s.isBlank())
        .collect(Collectors.joining(" "));
    return Stream.of("pid " + target.pid(), runtime, target.collector(), Time.utc(report.takenAt()))
        .filter(s -> !s.isBlank()).toList();
  }

  /** The strongest yes; without one, what is known. */
  static String of(Report report) {
    List<Verdict.Yes> yes = yes(report);
    if (!yes.isEmpty()) {
      return yes.getFirst().summary();
    }
    if (report.ledger().isEmpty()) {
      return "The memory map of this process could not be read: only its totals are known.";
    }
    return cannotTell(report).isEmpty()
        ? "Nothing remarkable: no rule found a cause for concern."
        : "Nothing remarkable in what could be read, but some questions stay open.";
  }

  /** What applies, strongest first. */
  static List<Verdict.Yes> yes(Report report) {
    return report.verdicts().stream().filter(Verdict.Yes.class::isInstance).map(Verdict.Yes.class::cast)
        .sorted(Comparator.comparing(Verdict.Yes::strength)).toList();
  }

  static List<Verdict.CannotTell> cannotTell(Report report) {
    return report.verdicts().stream().filter(Verdict.CannotTell.class::isInstance).map(Verdict.CannotTell.class::cast)
        .toList();
  }

  static List<Verdict.No> no(Report report) {
    return report.verdicts().stream().filter(Verdict.No.class::isInstance).map(Verdict.No.class::cast).toList();
  }

  /** What looking cost, in sentences. */
  static String observer(Report report, Units units) {
    List<String> asked = report.observer().asked();
    String contact = asked.isEmpty()
        ? "nothing was asked of the process, nothing stopped it"
        : "the process was asked for " + String.join(", ", asked);
    long grown = report.observer().rssDeltaBytes();
    String change = grown == 0
        ? "RSS did not change meanwhile."
        : "RSS changed by " + units.formatSigned(grown)
            + " meanwhile.";
    return "Looking took " + Count.millis(report.observer().millis()) + "; " + contact + ". " + change;
  }
}
