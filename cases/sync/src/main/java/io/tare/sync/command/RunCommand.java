package io.tare.sync.command;

import io.tare.sync.destination.Destination;
import io.tare.sync.rewrite.Rewrite;
import io.tare.sync.run.Deletes;
import io.tare.sync.run.JsonLog;
import io.tare.sync.run.Progress;
import io.tare.sync.run.RssBudget;
import io.tare.sync.run.RunLog;
import io.tare.sync.run.RunOptions;
import io.tare.sync.run.RunOptions.Limits;
import io.tare.sync.run.RunResult;
import io.tare.sync.run.Scope;
import io.tare.sync.run.SyncRun;
import io.tare.sync.run.TransferCount;
import io.tare.sync.run.Verify;
import io.tare.sync.source.Source;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code sync run}: from a source to a destination. */
final class RunCommand {
  private static final long DEFAULT_WORKERS = 8;
  private static final long MOST_WORKERS = 256;
  private static final double MEGABYTE = 1 << 20;

  static final Command COMMAND = new Command("run",
      """
          run --from DIR|s3://BUCKET/PREFIX --to DIR|s3://BUCKET/PREFIX|ftp[s]://USER@HOST:PORT/DIR|sftp://USER@HOST:PORT/DIR
                 [--state FILE] [--verify size|hash|none] [--delete] [--max-delete 50%|N] [--dry-run]
                 [--include GLOB]… [--exclude GLOB]… [--filter '+ GLOB'|'- GLOB']… [--include-from|--exclude-from|--filter-from FILE]…
                 [--workers 8] [--bytes-per-second N] [--requests-per-second N] [--rss-budget 128m] [--log FILE] [--config FILE]
                 [--endpoint URL] [--region R] [--to-endpoint URL] [--to-region R] [--listing flat|by-level|recursive]
                 [--ftps-trust PEM] [--known-hosts FILE] [--ssh-key FILE] [--variant batched|naive] [--batch 10k] [--durability D]""",
      Command.takes(options(), Set.of("--delete", "--dry-run")), RunCommand::run);

  private RunCommand() {}

  private static Set<String> options() {
    Set<String> all = new TreeSet<>(StateArguments.and("--from", "--to", "--endpoint", "--region", "--to-endpoint",
        "--to-region", "--listing", "--workers", "--requests-per-second", "--bytes-per-second", "--rss-budget",
        "--ftps-trust", "--known-hosts", "--ssh-key", "--max-delete", "--verify", "--log", ConfigFile.OPTION));
    all.addAll(FilterArguments.OPTIONS);
    return all;
  }

  private static int run(Arguments typed, Console console) throws UsageException, IOException, InterruptedException {
    Arguments arguments = ConfigFile.under(typed, COMMAND.known());
    RunOptions options = options(arguments);
    Path state = StateArguments.fileForRun(arguments);
    Optional<String> logFile = arguments.value("--log");
    try (Source source = Ends.source(arguments);
        Destination destination = Ends.destination(arguments);
        StateCache cache = StateCache.open(state, StateArguments.options(arguments))) {
      Ends.Both ends = new Ends.Both(source, destination);
      long budgetBytes = options.limits().rssBytes();
      if (logFile.isEmpty()) {
        return run(new SyncRun(cache, options, progress(console), RunLog.NONE), budgetBytes, ends, console);
      }
      try (JsonLog log = JsonLog.open(Path.of(logFile.get()))) {
        return run(new SyncRun(cache, options, progress(console), log), budgetBytes, ends, console);
      }
    }
  }

  private static Progress progress(Console console) {
    return new Progress(console.err()::println, System::nanoTime);
  }

  private static RunOptions options(Arguments arguments) throws UsageException, IOException {
    long workers = arguments.count("--workers", DEFAULT_WORKERS);
    if (workers > MOST_WORKERS) {
      throw new UsageException("--workers is at most " + MOST_WORKERS);
    }
    Rewrite rewrite = StateArguments.rewrite(arguments);
    Limits limits = new Limits(arguments.bytes("--bytes-per-second", Limits.USUAL.bytesPerSecond()),
        arguments.bytes("--rss-budget", Limits.USUAL.rssBytes()));
    return new RunOptions(rewrite, Ends.listing(arguments), (int) workers, deletes(arguments),
        arguments.has("--dry-run"), new Scope(FilterArguments.filter(arguments), verify(arguments)), limits);
  }

  private static int run(SyncRun run, long budgetBytes, Ends.Both ends, Console console)
      throws IOException, InterruptedException {
    RunResult result = run.run(ends.source(), ends.destination());
    StatusCommand.print(result.count(), console);
    result.transfer().ifPresent(count -> print(count, console));
    if (result.deletesHeldBack() > 0) {
      console.err().println("sync: " + heldBack(result));
    }
    RssBudget.peakBytes().ifPresent(bytes -> console.line(String.format(Locale.ROOT, "peak RSS %.1f MB, budget %.1f MB",
        bytes / MEGABYTE, budgetBytes / MEGABYTE)));
    boolean failed = result.transfer().map(count -> count.failed() > 0).orElse(false);
    return failed || result.deletesHeldBack() > 0 ? ExitCode.FILES_FAILED : ExitCode.FINE;
  }

  private static Verify verify(Arguments arguments) throws UsageException {
    String name = arguments.value("--verify").orElse("size");
    return switch (name) {
      case "none" -> Verify.NONE;
      case "size" -> Verify.SIZE;
      case "hash" -> Verify.HASH;
      default -> throw new UsageException("--verify is size, hash or none, not '" + name + "'");
    };
  }

  private static Deletes deletes(Arguments arguments) throws UsageException {
    String limit = arguments.value("--max-delete").orElse(Deletes.USUAL_PERCENT + "%");
    if (!limit.matches("(100|[0-9]{1,2})%|[0-9]{1,18}")) {
      throw new UsageException("--max-delete wants a percentage of the files at the destination, such as 50% or 100%,"
          + " or a number of files, not '" + limit + "'");
    }
    if (!arguments.has("--delete")) {
      return Deletes.NONE;
    }
    return limit.endsWith("%")
        ? Deletes.upToPercent(Integer.parseInt(limit.substring(0, limit.length() - 1)))
        : Deletes.upToFiles(Long.parseLong(limit));
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
