package io.tare.sync.command;

import java.util.List;
import java.util.Optional;

/** All commands, in the order of the help. */
public final class Commands {
  private static final List<Command> ALL = List.of(RunCommand.COMMAND, StatusCommand.COMMAND, CompactCommand.COMMAND,
      PhaseCommands.PREPARE, PhaseCommands.FINALIZE, BenchCommand.COMMAND, TuneCommand.COMMAND, TrapCommand.COMMAND);

  private Commands() {}

  public static Optional<Command> named(String name) {
    return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
  }

  public static String usage() {
    StringBuilder text = new StringBuilder("usage:");
    ALL.forEach(command -> text.append("\n  sync ").append(command.usage()));
    return text.toString();
  }
}
