package io.tare.include;

import io.tare.include.http.Origin;
import io.tare.include.load.LoadGenerator;
import io.tare.include.load.LoadPlan;
import io.tare.include.load.LoadReport;
import java.io.PrintStream;
import java.util.List;

/** Runs a load and prints what it met; a finding when any request failed. */
final class LoadCommand {
  private static final int LONGEST_SECONDS = 3_600;

  private LoadCommand() {}

  static int run(List<String> arguments, PrintStream out) throws InterruptedException {
    Options options = Options.of(arguments, "--target", "--kind", "--pages", "--rate", "--seconds", "--most", "--seed");
    Origin target = ProxyCommand
        .origin(options.text("--target").orElseThrow(() -> new UsageError("which target? --target HOST:PORT")));
    String kind = options.text("--kind").orElse("page");
    if (!List.of("page", "plain", "fragment").contains(kind)) {
      throw new UsageError("--kind is page, plain or fragment, not " + kind);
    }
    LoadPlan plan = new LoadPlan(target, kind, Math.max(1, options.number("--pages", 1_000, 1_000_000)),
        Math.max(1, options.number("--rate", 500, 1_000_000)), options.number("--seconds", 10, LONGEST_SECONDS),
        Math.max(1, options.number("--most", 512, 10_000)));
    LoadReport report = LoadGenerator.run(plan, options.number("--seed", 1, Integer.MAX_VALUE));
    out.println(report);
    return report.failed() == 0 ? Include.FINE : Include.FINDING;
  }
}
