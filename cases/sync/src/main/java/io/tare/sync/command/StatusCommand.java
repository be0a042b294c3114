package io.tare.sync.command;

import io.tare.sync.run.StateCount;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateFileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** {@code sync status}: what a state file says. */
final class StatusCommand {
  static final Command COMMAND = new Command("status", "status --state FILE",
      Command.takes(StateArguments.OPTIONS, Set.of()), StatusCommand::run);

  private StatusCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    try (StateCache cache = openExisting(arguments)) {
      print(StateCount.of(cache), console);
      console.line(describe(cache.size()));
    }
    return ExitCode.FINE;
  }

  static StateCache openExisting(Arguments arguments) throws UsageException, IOException {
    Path file = Path.of(arguments.required("--state"));
    if (!Files.exists(file)) {
      throw new UsageException("there is no file " + file);
    }
    return StateArguments.open(arguments);
  }

  static void print(StateCount count, Console console) {
    for (FileState state : FileState.values()) {
      console.line(String.format(Locale.ROOT, "%-18s %,14d", state, count.of(state)));
    }
    console.line(String.format(Locale.ROOT, "%-18s %,14d", "bytes to transfer", count.bytesWaiting()));
  }

  static String describe(StateFileSize size) {
    return String.format(Locale.ROOT, "%,d files in %,d bytes: %,d in the tree, %,d free; %.1f per file",
        size.entries(), size.allocatedBytes(), size.treeBytes(), size.freeBytes(), size.bytesPerEntry());
  }
}
