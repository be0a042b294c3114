package io.tare.fleet;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.HelpText;
import io.tare.app.cli.UsageException;
import java.util.List;

/** {@code tare fleet}: its forms do the work. */
final class FleetCommand {
  static final Command COMMAND = new Command("fleet", "FORM", """
      Ask about the memory of many nodes, from the ledgers that agents wrote.
      The ledgers lie in a folder as Parquet files, which other engines read as well.""",
      List.of(), List.of(), FleetCommand::run);

  private FleetCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException {
    if (!arguments.operands().isEmpty()) {
      throw new UsageException("there is no 'tare fleet " + arguments.operands().getFirst() + "'");
    }
    console.out().print(HelpText.of(COMMAND));
    return ExitCode.USAGE;
  }
}
