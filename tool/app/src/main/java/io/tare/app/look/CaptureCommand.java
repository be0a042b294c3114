package io.tare.app.look;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.CaptureChoice;
import io.tare.app.operand.Operand;
import io.tare.app.operand.Operand.Kind;
import io.tare.app.operand.ProcessChoice;
import io.tare.capture.CaptureException;
import io.tare.capture.door.NamedTarget;
import io.tare.capture.file.CaptureWriter;
import io.tare.capture.file.Redaction;
import io.tare.ledger.evidence.Refusals;
import io.tare.ledger.words.Words;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code tare capture PID -o F.tare}: take the evidence along. */
public final class CaptureCommand {
  private static final List<Option> OWN = List.of(
      Option.value("--output", "FILE", "where to (default: NAME-PID.tare); - is standard output").shortAs("-o"),
      Option.flag("--no-paths", "replace the folders of mapped files by hashes"));

  public static final Command COMMAND = new Command("capture", "PID|NAME|CORE", """
      Take the evidence with you: explain it anywhere, later, with the same result.
      The file holds what the kernel and the runtime say of the memory, never its
      content: no environment, no arguments but the flags that matter.""",
      Stream.of(OWN, CaptureChoice.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare capture 4711 -o before.tare", "tare before.tare", "tare capture kafka --no-paths -o k.tare"),
      CaptureCommand::run);

  private CaptureCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    try {
      Operand operand = Operand.of(arguments.single("process or core file"))
          .mustBe("a process or a core file", Kind.PROCESS, Kind.NAME, Kind.CORE);
      Capture capture = operand.isProcess()
          ? CaptureChoice.take(ProcessChoice.pid(operand.word(), arguments), arguments, console)
          : CaptureChoice.ofCore(operand.file(), arguments, console);
      if (arguments.has("--no-paths")) {
        capture = Redaction.NO_PATHS.apply(capture);
      }
      String name = arguments.value("--output").orElse(defaultName(capture));
      if (NamedTarget.isStandardOutput(name)) {
        print(capture, console);
      } else {
        Path file = Path.of(name);
        CaptureWriter.save(capture, file);
        console.out()
            .println(file + ": " + capture.artifacts().size() + " artefacts, " + Words.bytes(Files.size(file)));
      }
      missing(capture, console);
      return ExitCode.FINE;
    } catch (CaptureException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  /** What the kernel refused is missing for good: whoever opens the file later can't get it any more. */
  private static void missing(Capture capture, Console console) {
    Refusals.of(capture).ifPresent(unread -> {
      String refused = capture.artifacts().values().stream().filter(one -> one.outcome() == Outcome.DENIED)
          .map(Artifact::name).collect(Collectors.joining(", "));
      console.err().println("tare: " + unread.sentence() + " " + unread.unlock());
      console.err().println("tare: missing in the file: " + refused);
    });
  }

  private static void print(Capture capture, Console console) throws UsageException, IOException {
    if (console.outIsTerminal()) {
      throw new UsageException("a capture is no text: send it into a file or a pipe");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CaptureWriter.write(capture, bytes);
    console.out().bytes(bytes.toByteArray());
  }

  private static String defaultName(Capture capture) {
    return capture.target().name().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + capture.target().pid() + ".tare";
  }
}
