package io.tare.sync.command;

import io.tare.sync.bench.ParetoPlot;
import io.tare.sync.bench.Tune;
import io.tare.sync.bench.TunePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code sync tune}: which batch size is worth its memory. */
final class TuneCommand {
  private static final long DEFAULT_FILES = 1_000_000;

  static final Command COMMAND = new Command("tune", "tune --dir DIRECTORY [--entries 1m] [--durability D]",
      Command.takes(Set.of("--dir", "--entries", "--durability"), Set.of()), TuneCommand::run);

  private TuneCommand() {}

  private static int run(Arguments arguments, Console console)
      throws UsageException, IOException, InterruptedException {
    Path directory = Path.of(arguments.required("--dir"));
    Files.createDirectories(directory);
    String durability = arguments.value("--durability").orElse("commit-may-be-lost");
    List<TunePoint> points = Tune.measure(directory, arguments.count("--entries", DEFAULT_FILES), durability,
        console::line);
    console.line("");
    ParetoPlot.draw(points).forEach(console::line);
    return ExitCode.FINE;
  }
}
