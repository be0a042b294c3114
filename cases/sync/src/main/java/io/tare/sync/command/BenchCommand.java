package io.tare.sync.command;

import io.tare.sync.bench.Bench;
import io.tare.sync.bench.PhaseTable;
import io.tare.sync.bench.PhaseTsv;
import io.tare.sync.rewrite.Rewrite;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** {@code sync bench}: fill, prepare, finalize, each timed. */
final class BenchCommand {
  private static final long DEFAULT_FILES = 1_000_000;

  static final Command COMMAND = new Command("bench",
      "bench --state FILE [--entries 10m] [--variant batched|copying|naive|held-reader] [--batch 10k] [--write-batch 5k] [--durability D] [--hold SECONDS] [--release-pages] [--tsv]",
      Command.takes(StateArguments.and("--entries", "--hold"), Set.of("--tsv", ReleasePages.FLAG)), BenchCommand::run);

  private BenchCommand() {}

  private static int run(Arguments arguments, Console console)
      throws UsageException, IOException, InterruptedException {
    Path file = Path.of(arguments.required("--state"));
    if (Files.exists(file)) {
      throw new UsageException(file + " is there already; the bench wants a new file");
    }
    Rewrite rewrite = StateArguments.rewrite(arguments);
    boolean asTsv = arguments.has("--tsv");
    try (StateCache cache = StateArguments.open(arguments)) {
      console.line(asTsv ? PhaseTsv.header() : PhaseTable.header());
      Bench.fillAndRewrite(cache, arguments.count("--entries", DEFAULT_FILES), rewrite,
          result -> console.line(asTsv ? PhaseTsv.row(result) : PhaseTable.row(result)));
      ReleasePages.asAsked(arguments, cache, console);
      Hold.asAsked(arguments, console);
    }
    return ExitCode.FINE;
  }
}
