package io.tare.app.look;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.CaptureChoice;
import io.tare.app.operand.Operand;
import io.tare.app.operand.Operand.Kind;
import io.tare.app.operand.ProcessChoice;
import io.tare.app.operand.RuleFile;
import io.tare.app.time.RecordingStory;
import io.tare.capture.CaptureException;
import io.tare.capture.file.CaptureFileException;
import io.tare.capture.file.CaptureReader;
import io.tare.formats.text.Sizes;
import io.tare.ledger.Explanation;
import io.tare.ledger.rules.Thresholds;
import io.tare.model.capture.Capture;
import io.tare.model.report.Report;
import io.tare.report.Renderers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code tare explain PID|NAME|FILE}: the ledger, the verdict, the remedies. */
public final class ExplainCommand {
  private static final List<Option> OWN = List.of(
      Option.flag("--all", "every mapping, every file and every detail").shortAs("-a"),
      Option.flag("--threads", "every thread's stack"),
      Option.value("--input", "FILE|SIZE", "what the program works on: shows memory as multiples of it, too"),
      RuleFile.OPTION);

  public static final Command COMMAND = new Command("explain", "PID|NAME|FILE.tare", """
      Weigh a process: who owns every resident byte, what to make of it, what to do.
      Also without the word: 'tare 4711', 'tare kafka', 'tare x.tare'. Of a recording
      ('tare x.tarerec', see 'tare help record') the story is told; of a core file
      ('tare core.4711') what it holds is weighed.

      The default reading only looks: it never stops, signals or attaches to the
      process, and faults no page in. --ask puts questions to a JVM; what that
      costs is said before, and what it did cost stands in the report.

      Exit code 0: weighed. 3: something that was asked for could not be read;
      the first line says what, and which rights it takes.""",
      Stream.of(OWN, CaptureChoice.OPTIONS, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare 4711", "tare kafka --threads", "tare 4711 --ask=gc", "tare 4711 -o report.html",
          "tare 4711 --input orders.csv",
          "tare x.tare --format json"),
      ExplainCommand::run);

  private ExplainCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    Operand operand = Operand.of(arguments.single("process, capture or recording"))
        .mustBe("a process, a capture, a recording or a core file", Kind.PROCESS, Kind.NAME, Kind.CAPTURE,
            Kind.RECORDING, Kind.CORE);
    Output output = withInput(Output.of(arguments, console), arguments, operand);
    Thresholds thresholds = RuleFile.thresholds(arguments, console);
    if (operand.kind() == Kind.RECORDING) {
      return RecordingStory.print(operand, output, console, thresholds);
    }
    try {
      Capture capture = operand.isProcess()
          ? CaptureChoice.take(ProcessChoice.pid(operand.word(), arguments), arguments, console)
          : operand.kind() == Kind.CORE
              ? CaptureChoice.ofCore(operand.file(), arguments, console)
              : CaptureReader.open(operand.file());
      return explain(capture, thresholds, output, console);
    } catch (CaptureException | CaptureFileException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static Output withInput(Output output, Arguments arguments, Operand operand)
      throws UsageException, IOException {
    Optional<String> input = arguments.value("--input");
    if (input.isEmpty()) {
      return output;
    }
    if (operand.kind() == Kind.RECORDING) {
      throw new UsageException(
          "--input is for a process or a capture; 'tare scale' fits recordings against their input");
    }
    return new Output(output.format(), output.text().withInput(inputBytes(input.get())), output.file());
  }

  private static long inputBytes(String input) throws UsageException, IOException {
    Path file = Path.of(input);
    OptionalLong bytes = Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : Sizes.bytes(input);
    if (bytes.orElse(0) <= 0) {
      throw new UsageException("--input needs a file that is not empty, or a size such as 200MB; '" + input + "' is "
          + (Files.isDirectory(file) ? "a folder" : Files.exists(file) ? "empty" : "neither"));
    }
    return bytes.getAsLong();
  }

  static int explain(Capture capture, Thresholds thresholds, Output output, Console console) throws IOException {
    Report report = Explanation.explain(capture, thresholds);
    output.write(Renderers.render(report, output.format(), output.text()), console);
    return report.ledger().isPresent() && report.unread().isEmpty() ? ExitCode.FINE : ExitCode.COULD_NOT_MEASURE;
  }
}
