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
      The ledgers lie in a folder as Parquet files, which other engines read as well.

        tare fleet import     take recordings and captures into the folder
        tare fleet compact    close days: sort them, and roll them up by the hour
        tare fleet expire     remove what is old
        tare fleet ask        ask one of twelve questions, or your own
        tare fleet simulate   make a fleet that never was, to try questions on""",
      List.of(), List.of("tare help fleet ask"), FleetCommand::run);

  private FleetCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException {
    if (!arguments.operands().isEmpty()) {
      throw new UsageException("there is no 'tare fleet " + arguments.operands().getFirst() + "'");
    }
    console.out().print(HelpText.of(COMMAND));
    return ExitCode.USAGE;
  }
}
