package io.tare.app.command;

import io.tare.app.ExitCode;
import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.HelpText;
import io.tare.app.cli.Similar;
import io.tare.app.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code tare help [COMMAND|accounts [ID]|kinds|evidence]}. */
final class HelpCommand {
  static final Command COMMAND = new Command("help", "[COMMAND|TOPIC]", """
      Explain a command, or a topic: accounts, an account's id, kinds, evidence.""",
      List.of(), List.of("tare help capture", "tare help accounts", "tare help malloc.idle"), HelpCommand::run);

  private HelpCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException {
    console.out().print(text(arguments.operands()));
    return ExitCode.FINE;
  }

  private static String text(List<String> operands) throws UsageException {
    if (operands.isEmpty()) {
      return Commands.overview();
    }
    String topic = operands.getLast();
    Optional<Command> command = Commands.byName(topic);
    if (command.isPresent()) {
      return HelpText.of(command.get());
    }
    List<String> known = new ArrayList<>(Commands.names());
    String hint = Similar.to(topic, known).map(s -> " Did you mean '" + s + "'?").orElse("");
    throw new UsageException("there is no help on '" + topic + "'." + hint);
  }
}
