package io.tare.app;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Completion;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.UsageException;
import java.util.List;
import java.util.Map;

/** {@code tare completion SHELL}. */
final class CompletionCommand {
  static final Command COMMAND = new Command("completion", "SHELL", """
      Print the completion script for a shell: bash, zsh or fish.""",
      List.of(), List.of("source <(tare completion bash)"), CompletionCommand::run);

  private CompletionCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException {
    String shell = arguments.single("shell (" + String.join(", ", Completion.SHELLS) + ")");
    if (!Completion.SHELLS.contains(shell)) {
      throw new UsageException(
          "no completion for '" + shell + "'; there is one for " + String.join(", ", Completion.SHELLS));
    }
    Map<String, List<String>> operands = Map.of(HelpCommand.COMMAND.name(), HelpCommand.topics());
    console.out().print(Completion.script(shell, Commands.all(), operands));
    return ExitCode.FINE;
  }
}
