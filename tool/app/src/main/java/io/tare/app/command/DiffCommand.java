package io.tare.app.command;

import io.tare.app.ExitCode;
import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.capture.CaptureException;
import io.tare.capture.file.CaptureFileException;
import io.tare.history.compare.Differences;
import io.tare.history.compare.PhaseDifferences;
import io.tare.model.history.Difference;
import io.tare.report.Format;
import io.tare.report.overtime.OverTimeRenderers;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** {@code tare diff A B}: what moved. */
final class DiffCommand {
  private static final List<Option> OWN = List.of(Option.flag("--all", "also what moved by no more than noise"));

  static final Command COMMAND = new Command("diff", "BEFORE AFTER", """
      Compare two weighings: what moved, account by account, noise set apart.
      BEFORE and AFTER are capture files, recordings, collection logs, pids or
      names. Two recordings are compared phase by phase, too, where both have the
      same marks. Of a recording or log the later half counts, when the process has warmed up; of a single
      moment nobody knows how much it varies, and one percent is taken for
      noise. Where both sides tell it, the price stands beside: throughput, and
      the time that collections took.""",
      Stream.of(OWN, CaptureChoice.OPTIONS, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare capture 4711 -o before.tare", "tare diff before.tare 4711",
          "tare diff before.tare after.tare --all", "tare diff gc-before.log gc-after.log"),
      DiffCommand::run);

  private DiffCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().size() != 2) {
      throw new UsageException("diff compares two: BEFORE and AFTER");
    }
    Output output = Output.of(arguments, console);
    if (output.format() == Format.OPENMETRICS) {
      throw new UsageException("diff writes text, json or html");
    }
    try {
      Sources before = Sources.open(arguments.operands().getFirst(), arguments, console);
      Sources after = Sources.open(arguments.operands().getLast(), arguments, console);
      Difference difference = Differences.of(before.weighing(), after.weighing())
          .with(PhaseDifferences.of(before.inPhases(), after.inPhases()));
      output.write(OverTimeRenderers.render(difference, output.format(), output.text()), console);
      return ExitCode.FINE;
    } catch (CaptureException | CaptureFileException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }
}
