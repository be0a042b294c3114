package io.tare.app;

import io.tare.app.advice.AdviseCommand;
import io.tare.app.advice.ChecklistCommand;
import io.tare.app.cli.Command;
import io.tare.app.cli.HelpText;
import io.tare.app.cli.VersionCommand;
import io.tare.app.heap.HeapCommand;
import io.tare.app.heap.HeapDiffCommand;
import io.tare.app.heap.HeapRedactCommand;
import io.tare.app.heap.OpenCommand;
import io.tare.app.look.CaptureCommand;
import io.tare.app.look.DemoCommand;
import io.tare.app.look.ExplainCommand;
import io.tare.app.look.PsCommand;
import io.tare.app.time.CheckCommand;
import io.tare.app.time.DiffCommand;
import io.tare.app.time.LogCommand;
import io.tare.app.time.MarkCommand;
import io.tare.app.time.RecordCommand;
import io.tare.app.time.RunCommand;
import io.tare.app.time.WatchCommand;
import io.tare.app.trial.ScaleCommand;
import io.tare.app.trial.TryCommand;
import io.tare.app.who.WhoCommand;
import java.util.List;
import java.util.Optional;

/** Every command, in the order in which help lists them. */
public final class Commands {
  public static final Command EXPLAIN = ExplainCommand.COMMAND;

  private static final List<Command> ALL = List.of(EXPLAIN, PsCommand.COMMAND, WhoCommand.COMMAND,
      CaptureCommand.COMMAND,
      RecordCommand.COMMAND, RunCommand.COMMAND, WatchCommand.COMMAND, MarkCommand.COMMAND,
      DiffCommand.COMMAND, CheckCommand.COMMAND, LogCommand.COMMAND, TryCommand.COMMAND, ScaleCommand.COMMAND,
      AdviseCommand.COMMAND, ChecklistCommand.COMMAND,
      HeapCommand.COMMAND, HeapDiffCommand.COMMAND, HeapRedactCommand.COMMAND, OpenCommand.COMMAND, DemoCommand.COMMAND,
      FleetCommands.FLEET, FleetCommands.AGENT, HelpCommand.COMMAND, CompletionCommand.COMMAND, VersionCommand.COMMAND);

  private Commands() {}

  static List<Command> all() {
    return FleetCommands.inPlace(ALL);
  }

  public static Optional<Command> byName(String name) {
    return FleetCommands.inPlace(ALL, name).stream().filter(command -> command.name().equals(name)).findFirst();
  }

  /** The command that a command line starts with; the longest name wins. */
  public static Optional<Command> of(List<String> words) {
    Optional<Command> form = words.size() < 2 ? Optional.empty() : byName(words.get(0) + " " + words.get(1));
    return form.or(() -> byName(words.getFirst()).filter(command -> command.words() == 1));
  }

  public static List<String> names() {
    return all().stream().map(Command::name).toList();
  }

  public static String overview() {
    return HelpText.overview("""
        tare weighs a running process and names the owner of every resident byte.
        Gross (what the container charges) - net (what the program itself put there
        and still uses) = tare.

        Usage: tare PID|NAME|FILE.tare [OPTION…]
               tare COMMAND [OPTION…] [OPERAND…]
        """, all(),
        List.of("tare 4711                    explain a process",
            "tare kafka -o report.html    as a page for a colleague",
            "tare ps                      every process at a glance",
            "tare run -- java -jar a.jar  record a run, and tell its story",
            "tare demo                    no process at hand? weigh a leaky one of ours"),
        """
            'tare help COMMAND' tells more, 'tare help accounts' explains every account.
            Exit codes: 0 fine, 1 finding, 2 usage, 3 could not measure.
            """);
  }
}
