package io.tare.app.look;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.CaptureChoice;
import io.tare.capture.CaptureException;
import io.tare.ledger.rules.Thresholds;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** {@code tare demo [NAME]}: start a small program with a known memory situation, and weigh it. */
public final class DemoCommand {
  private static final List<Option> OWN = List.of(
      Option.flag("--list", "which demonstrations there are"),
      Option.value("--size", "BYTES", "how much the program takes: 64m, 1g (default: its own)"),
      Option.value("--java", "FILE", "the java command to run it with (default: the one that runs tare)"),
      Option.flag("--keep", "leave the program running until Enter is pressed"));

  public static final Command COMMAND = new Command("demo", "[NAME]", """
      Start a small program of ours with a known memory situation, and weigh it.
      Without a name it is a leaky one. The program states its own truth, measured
      from inside; compare it with the report. It ends with the demonstration.""",
      Stream
          .of(OWN, CaptureChoice.OPTIONS, Output.OPTIONS,
              List.of(Option.flag("--all", "every mapping"), Option.flag("--threads", "every stack")))
          .flatMap(List::stream).toList(),
      List.of("tare demo", "tare demo --list", "tare demo direct-buffers --size 256m"), DemoCommand::run);

  private DemoCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    DemoPrograms programs = DemoPrograms.find(arguments.value("--java"));
    if (arguments.has("--list")) {
      programs.list().forEach(console.out()::println);
      return ExitCode.FINE;
    }
    String name = arguments.operands().isEmpty() ? "leaky" : arguments.single("demonstration");
    Output output = Output.of(arguments, console);
    String sentence = programs.sentence(name);
    try (DemoProgram program = programs.start(name, arguments.value("--size"))) {
      DemoStory.of(name, program.pid(), sentence, DemoPrograms.object(program.truth()))
          .forEach(console.err()::println);
      console.err().println();
      int code = ExplainCommand.explain(CaptureChoice.take(program.pid(), arguments, console), Thresholds.DEFAULT,
          output, console);
      console.err().println();
      console.err()
          .println("That was a demonstration: 'tare demo --list' names others, 'tare PID' weighs a process of yours.");
      if (arguments.has("--keep")) {
        console.err()
            .println("process " + program.pid() + " runs until you press Enter; try: tare " + program.pid() + " --all");
        System.in.read();
      }
      return code;
    } catch (CaptureException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }
}
