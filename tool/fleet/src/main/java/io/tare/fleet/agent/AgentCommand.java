package io.tare.fleet.agent;

import io.tare.app.cli.Command;
import io.tare.app.cli.ExitCode;
import java.util.List;

/** {@code tare agent}: one process a node that writes the ledgers of the others. */
public final class AgentCommand {
  public static final Command COMMAND = new Command("agent", "", """
      Write the ledgers of a node's processes, for 'tare fleet' to read.""",
      List.of(), List.of(), (_, console) -> {
        console.err().println("tare: the agent writes nothing yet");
        return ExitCode.COULD_NOT_MEASURE;
      });

  private AgentCommand() {}
}
