package io.tare.sync.command;

import io.tare.sync.bench.SyntheticFiles;
import io.tare.sync.rewrite.BatchedRewrite;
import io.tare.sync.rewrite.Change;
import io.tare.sync.rewrite.HeldReaderRewrite;
import io.tare.sync.rewrite.Rewrite;
import io.tare.sync.rewrite.RewriteListener;
import io.tare.sync.state.Compaction;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateFileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** {@code sync trap}: what a reader that stays open costs, and what compaction returns. */
final class TrapCommand {
  private static final long DEFAULT_FILES = 1_000_000;
  private static final Change BACK = new Change("back", FileState.TEMP_DELETED, FileState.SYNCED);

  static final Command COMMAND = new Command("trap", "trap --state FILE [--entries 1m] [--batch 10k] [--durability D]",
      Command.takes(StateArguments.and("--entries"), Set.of()), TrapCommand::run);

  private TrapCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    Path file = Path.of(arguments.required("--state"));
    if (Files.exists(file)) {
      throw new UsageException(file + " is there already; the trap wants a new file");
    }
    int batch = (int) Math.min(arguments.count("--batch", BatchedRewrite.BEST_FILES_PER_BATCH), Integer.MAX_VALUE);
    BatchedRewrite batched = new BatchedRewrite(batch);
    try (StateCache cache = StateArguments.open(arguments)) {
      SyntheticFiles.fill(cache, arguments.count("--entries", DEFAULT_FILES));
      print("filled", cache.size(), console);
      step("prepared in batches", Change.PREPARE, batched, cache, console);
      step("and back, while a reader stays open", BACK, new HeldReaderRewrite(batched), cache, console);
      step("prepared again, the reader gone", Change.PREPARE, batched, cache, console);
    }
    Compaction compaction = Compaction.of(file, StateArguments.options(arguments));
    print("compacted", compaction.after(), console);
    return ExitCode.FINE;
  }

  private static void step(String name, Change change, Rewrite rewrite, StateCache cache, Console console)
      throws IOException {
    rewrite.apply(change, cache, RewriteListener.NOBODY);
    print(name, cache.size(), console);
  }

  private static void print(String name, StateFileSize size, Console console) {
    console.line(String.format(Locale.ROOT, "%-38s %s", name, StatusCommand.describe(size)));
  }
}
