package io.tare.sync.command;

import io.tare.sync.destination.Destination;
import io.tare.sync.run.Progress;
import io.tare.sync.run.RunOptions;
import io.tare.sync.run.RunResult;
import io.tare.sync.run.SyncRun;
import io.tare.sync.run.TransferCount;
import io.tare.sync.source.Source;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.util.Set;

/** {@code sync run}: from a source to a destination. */
final class RunCommand {
  private static final long DEFAULT_WORKERS = 8;
  private static final long MOST_WORKERS = 256;

  static final Command COMMAND = new Command("run", """
      run --from DIR|s3://BUCKET/PREFIX --to DIR|ftp[s]://USER@HOST:PORT/DIR --state FILE
             [--endpoint URL] [--region R] [--listing flat|by-level|recursive] [--workers 8] [--requests-per-second N]
             [--ftps-trust PEM] [--delete] [--dry-run] [--variant batched|naive] [--batch 10k] [--durability D]""",
      Command.takes(StateArguments.and("--from", "--to", "--endpoint", "--region", "--listing", "--workers",
          "--requests-per-second", "--ftps-trust"), Set.of("--delete", "--dry-run")),
      RunCommand::run);

  private RunCommand() {}

  private static int run(Arguments arguments, Console console)
      throws UsageException, IOException, InterruptedException {
    long workers = arguments.count("--workers", DEFAULT_WORKERS);
    if (workers > MOST_WORKERS) {
      throw new UsageException("--workers is at most " + MOST_WORKERS);
    }
    RunOptions options = new RunOptions(StateArguments.rewrite(arguments), Ends.listing(arguments), (int) workers,
        arguments.has("--delete"), arguments.has("--dry-run"));
    try (Source source = Ends.source(arguments);
        Destination destination = Ends.destination(arguments);
        StateCache cache = StateArguments.open(arguments)) {
      Progress progress = new Progress(console.err()::println, System::nanoTime);
      RunResult result = new SyncRun(cache, options, progress).run(source, destination);
      StatusCommand.print(result.count(), console);
      result.transfer().ifPresent(count -> print(count, console));
      return result.transfer().isPresent() && result.transfer().get().failed() > 0
          ? ExitCode.FILES_FAILED
          : ExitCode.FINE;
    }
  }

  private static void print(TransferCount count, Console console) {
    console.line(count.arrived() + " brought over, " + count.foundThere() + " were there already, " + count.deleted()
        + " deleted, " + count.gone() + " gone from the source meanwhile, " + count.failed() + " failed");
    count.firstReasons().forEach(reason -> console.line("  " + reason));
  }
}
