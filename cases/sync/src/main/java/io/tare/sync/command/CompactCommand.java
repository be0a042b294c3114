package io.tare.sync.command;

import io.tare.sync.state.Compaction;
import io.tare.sync.state.StateFileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** {@code sync compact}: the state file without free pages. */
final class CompactCommand {
  static final Command COMMAND = new Command("compact", "compact --state FILE",
      Command.takes(StateArguments.OPTIONS, Set.of()), CompactCommand::run);

  private CompactCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    Path file = Path.of(arguments.required("--state"));
    if (!Files.exists(file)) {
      throw new UsageException("there is no file " + file);
    }
    Compaction done = Compaction.of(file, StateArguments.options(arguments));
    print("before", done.before(), console);
    print("after", done.after(), console);
    return ExitCode.FINE;
  }

  private static void print(String when, StateFileSize size, Console console) {
    console.line(String.format("%-7s", when) + StatusCommand.describe(size));
  }
}
