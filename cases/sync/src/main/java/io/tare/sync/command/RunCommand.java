package io.tare.sync.command;

import io.tare.sync.destination.Destination;
import io.tare.sync.run.Deletes;
import io.tare.sync.run.Progress;
import io.tare.sync.run.RunOptions;
import io.tare.sync.run.RunResult;
import io.tare.sync.run.SyncRun;
import io.tare.sync.run.TransferCount;
import io.tare.sync.source.Source;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.util.Set;

/** {@code sync run}: from a source to a destination. */
final class RunCommand {
  private static final long DEFAULT_WORKERS = 8;
  private static final long MOST_WORKERS = 256;

  static final Command COMMAND = new Command("run",
      """
          run --from DIR|s3://BUCKET/PREFIX --to DIR|ftp[s]://USER@HOST:PORT/DIR --state FILE
                 [--endpoint URL] [--region R] [--listing flat|by-level|recursive] [--workers 8] [--requests-per-second N]
                 [--ftps-trust PEM] [--delete] [--max-delete 50%] [--dry-run] [--variant batched|naive] [--batch 10k] [--durability D]""",
      Command.takes(StateArguments.and("--from", "--to", "--endpoint", "--region", "--listing", "--workers",
          "--requests-per-second", "--ftps-trust", "--max-delete"), Set.of("--delete", "--dry-run")),
      RunCommand::run);

  private RunCommand() {}

  private static int run(Arguments arguments, Console console)
      throws UsageException, IOException, InterruptedException {
    long workers = arguments.count("--workers", DEFAULT_WORKERS);
    if (workers > MOST_WORKERS) {
      throw new UsageException("--workers is at most " + MOST_WORKERS);
    }
    RunOptions options = new RunOptions(StateArguments.rewrite(arguments), Ends.listing(arguments), (int) workers,
        deletes(arguments), arguments.has("--dry-run"));
    try (Source source = Ends.source(arguments);
        Destination destination = Ends.destination(arguments);
        StateCache cache = StateArguments.open(arguments)) {
      Progress progress = new Progress(console.err()::println, System::nanoTime);
      RunResult result = new SyncRun(cache, options, progress).run(source, destination);
      StatusCommand.print(result.count(), console);
      result.transfer().ifPresent(count -> print(count, console));
      if (result.deletesHeldBack() > 0) {
        console.err().println("sync: " + heldBack(result));
      }
      boolean failed = result.transfer().map(count -> count.failed() > 0).orElse(false);
      return failed || result.deletesHeldBack() > 0
          ? ExitCode.FILES_FAILED
          : ExitCode.FINE;
    }
  }

  private static Deletes deletes(Arguments arguments) throws UsageException {
    String limit = arguments.value("--max-delete").orElse(Deletes.USUAL_PERCENT + "%");
    if (!limit.matches("(100|[0-9]{1,2})%")) {
      throw new UsageException(
          "--max-delete wants a percentage of the files at the destination, such as 50% or 100%, not '"
              + limit + "'");
    }
    return new Deletes(arguments.has("--delete"), Integer.parseInt(limit.substring(0, limit.length() - 1)));
  }

  private static String heldBack(RunResult result) {
    return "nothing is deleted: the source no longer has " + result.deletesHeldBack() + " of the "
        + (result.deletesHeldBack() + result.count().of(FileState.SYNCED)) + " files at the destination."
        + " Is it mounted, and is it the right one? If so, run again with --delete --max-delete 100%";
  }

  private static void print(TransferCount count, Console console) {
    console.line(count.arrived() + " brought over, " + count.foundThere() + " were there already, " + count.deleted()
        + " deleted, " + count.gone() + " gone from the source meanwhile, " + count.failed() + " failed");
    count.firstReasons().forEach(reason -> console.line("  " + reason));
  }
}
