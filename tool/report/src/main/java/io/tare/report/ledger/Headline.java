package io.tare.report.ledger;

import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.model.report.Verdict;
import io.tare.report.look.Count;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a report begins with: who was weighed, and the one sentence; then the verdicts in the order in which they are read. */
final class Headline {
  private Headline() {}

  /** Who was weighed, and when. */
  static List<String> facts(Report report) {
    ReportTarget target = report.target();
    String runtime = Stream.of(target.runtime(), target.version(), target.isCore() ? "from a core file" : "")
        .filter(s -> !s.isBlank())
        .collect(Collectors.joining(" "));
    String pid = target.pid() > 0 || !target.isCore() ? "pid " + target.pid() : "pid not told";
    return Stream.of(pid, runtime, target.collector(), Time.utc(report.takenAt()))
        .filter(s -> !s.isBlank()).toList();
  }

  /** The strongest yes; what can't be told where that comes before all that applies, or stands alone. */
  static String of(Report report) {
    Optional<Verdict> first = report.verdicts().stream().filter(verdict -> !(verdict instanceof Verdict.No))
        .findFirst();
    if (first.isPresent()) {
      return (first.get() instanceof Verdict.CannotTell open ? open : yes(report).getFirst()).summary();
    }
    if (report.target().isCore() && report.ledger().isPresent()) {
      return "This is what a core file holds of the process, and whose it is. What of it was in memory the file does not tell, so nothing is judged.";
    }
    return report.ledger().isEmpty()
        ? "Who owns the memory of this process can't be told from this reading."
        : "Nothing remarkable: no rule found a cause for concern.";
  }

  /** What applies, strongest first. */
  static List<Verdict.Yes> yes(Report report) {
    return report.verdicts().stream().filter(Verdict.Yes.class::isInstance).map(Verdict.Yes.class::cast)
        .sorted(Comparator.comparing(Verdict.Yes::strength)).toList();
  }

  /** What applies or can't be told, in the order of reading: what was put behind the first that can't be told stays there. */
  static List<Verdict> open(Report report) {
    List<Verdict> given = report.verdicts().stream().filter(verdict -> !(verdict instanceof Verdict.No)).toList();
    long before = given.stream().takeWhile(Verdict.Yes.class::isInstance).count();
    List<Verdict.Yes> first = yes(report).stream().filter(yes -> given.indexOf(yes) < before).toList();
    return Stream.concat(first.stream(), given.stream().skip(before)).toList();
  }

  static List<Verdict.No> no(Report report) {
    return report.verdicts().stream().filter(Verdict.No.class::isInstance).map(Verdict.No.class::cast).toList();
  }

  /** What looking cost, in sentences. */
  static String observer(Report report, Units units) {
    if (report.target().isCore()) {
      return "Reading the core file took " + Count.millis(report.observer().millis()) + ".";
    }
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
