package io.tare.fleet;

import io.tare.app.cli.Command;
import io.tare.app.cli.MoreCommands;
import io.tare.fleet.agent.AgentCommand;
import io.tare.fleet.ask.AskCommand;
import io.tare.fleet.simulate.SimulateCommand;
import io.tare.fleet.store.StoreCommands;
import java.util.List;

/** What this module adds to the command line. */
public final class FleetCommands implements MoreCommands {
  @Override
  public List<Command> commands() {
    return List.of(FleetCommand.COMMAND, AskCommand.COMMAND, StoreCommands.IMPORT, StoreCommands.COMPACT,
        StoreCommands.EXPIRE, SimulateCommand.COMMAND, AgentCommand.COMMAND);
  }
}
