package io.tare.fleet;

import io.tare.app.cli.Command;
import io.tare.app.cli.MoreCommands;
import io.tare.fleet.agent.AgentCommand;
import io.tare.fleet.ask.AskCommand;
import io.tare.fleet.simulate.SimulateCommand;
import java.util.List;

/** What this module adds to the command line. */
public final class FleetCommands implements MoreCommands {
  @Override
  public List<Command> commands() {
    return List.of(FleetCommand.COMMAND, SimulateCommand.COMMAND, AskCommand.COMMAND, AgentCommand.COMMAND);
  }
}
