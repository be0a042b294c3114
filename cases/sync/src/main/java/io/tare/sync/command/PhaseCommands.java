package io.tare.sync.command;

import io.tare.sync.bench.Bench;
import io.tare.sync.bench.PhaseTable;
import io.tare.sync.rewrite.Change;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.util.Set;

/** {@code sync prepare} and {@code sync finalize}: one phase alone, measured. */
final class PhaseCommands {
  static final Command PREPARE = command(Change.PREPARE);
  static final Command FINALIZE = command(Change.FINALIZE);

  private PhaseCommands() {}

  private static Command command(Change change) {
    return new Command(change.name(),
        change.name()
            + " --state FILE [--variant batched|copying|naive|held-reader] [--batch 10k] [--release-pages] [--hold SECONDS]",
        Command.takes(StateArguments.and("--hold"), Set.of(ReleasePages.FLAG)),
        (arguments, console) -> run(change, arguments, console));
  }

  private static int run(Change change, Arguments arguments, Console console)
      throws UsageException, IOException, InterruptedException {
    try (StateCache cache = StatusCommand.openExisting(arguments)) {
      console.line(PhaseTable.header());
      console.line(PhaseTable.row(Bench.phase(change, cache, StateArguments.rewrite(arguments))));
      ReleasePages.asAsked(arguments, cache, console);
      Hold.asAsked(arguments, console);
    }
    return ExitCode.FINE;
  }
}
