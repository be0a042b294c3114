package io.tare.offsets;

import io.tare.offsets.round.Fleet;
import io.tare.offsets.round.Plan;
import io.tare.probe.leftovers.LeakProtocol;
import io.tare.probe.leftovers.LeakReport;
import java.io.PrintStream;

/** Rounds under the leak protocol of the library. */
final class LeaksCommand {
  private LeaksCommand() {}

  static int run(Plan plan, int rounds, PrintStream out) throws InterruptedException {
    LeakReport report = LeakProtocol.rounds(rounds, new Fleet(plan)::round);
    out.print(report.inWords());
    return report.verdict() == LeakReport.Verdict.LEAK ? Offsets.FINDING : Offsets.FINE;
  }
}
