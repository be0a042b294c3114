package io.tare.fleet.simulate;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.StepLine;
import io.tare.app.cli.UsageException;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import io.tare.fleet.store.FleetOptions;
import io.tare.report.look.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code tare fleet simulate}. */
public final class SimulateCommand {
  public static final Command COMMAND = new Command("fleet simulate", "", """
      Make the files of a fleet that never was, with the truth beside them.
      Services with versions and deploys, leaks and what is killed for them, nodes
      that promise more than they have, processes that nobody owns: to try questions
      on, and to measure. truth.json says what is right. A seed gives the same files
      each time; what was cut short goes on where it stood.""",
      options(), List.of("tare fleet simulate --nodes 10 --days 4 -o fleet",
          "tare fleet simulate --nodes 1000 --days 30 --seed 7 -o fleet"),
      SimulateCommand::run);

  private SimulateCommand() {}

  private static List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(
        Option.value("--nodes", "N", "how many nodes (default: 10)"),
        Option.value("--processes", "N", "processes a node (default: 20)"),
        Option.value("--days", "N", "how many days (default: 4)"),
        Option.value("--seed", "N", "another seed, another fleet (default: 1)"),
        Option.value("--output", "DIR", "where to; a new folder, or an empty one").shortAs("-o")));
    options.addAll(FleetOptions.ENGINE);
    return options;
  }

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    String target = arguments.value("--output").orElseThrow(() -> new UsageException("fleet simulate needs -o DIR"));
    Plan.Size size = new Plan.Size(number(arguments, "--nodes", 10, 100_000),
        number(arguments, "--processes", 20, 1000),
        number(arguments, "--days", 4, 400), arguments.number("--seed", 0).orElse(1));
    try (Database database = FleetOptions.database(arguments); StepLine step = new StepLine(console)) {
      FleetFolder folder = new FleetFolder(Path.of(target).toAbsolutePath());
      long rows = new Simulation(new Plan(size), folder, database).write(step::show);
      console.err().println("wrote " + Count.of(rows, "ledger") + " of " + Count.of(size.nodes(), "node") + " and "
          + Count.of(size.days(), "day") + " to " + target);
      return ExitCode.FINE;
    }
  }

  private static int number(Arguments arguments, String option, int otherwise, int most) throws UsageException {
    long number = arguments.number(option, 1).orElse(otherwise);
    if (number > most) {
      throw new UsageException(option + " is at most " + most);
    }
    return (int) number;
  }
}
