package io.tare.app.command;

import io.tare.app.ExitCode;
import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.capture.CaptureException;
import io.tare.capture.kernel.ProcessHold;
import io.tare.formats.NotThisFormat;
import io.tare.history.compare.Stories;
import io.tare.history.live.LedgerSchedule.LedgerRules;
import io.tare.history.live.MarkSource.OutputMarks;
import io.tare.history.live.Recorder;
import io.tare.history.live.Recorder.RecorderOptions;
import io.tare.history.live.RecordingFiles;
import io.tare.report.TextOptions;
import io.tare.report.text.StoryText;
import io.tare.report.words.Units;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code tare run -- CMD…}: a program from its first instruction to its end, told as a story. */
final class RunCommand {
  private static final Duration DENSE = Duration.ofSeconds(10);
  /** The JVM keeps SIGQUIT, SIGUSR2 and the signals of faults for itself. */
  private static final Map<String, Integer> FORWARDED = Map.of("TERM", 15, "HUP", 1, "USR1", 10);
  private static final int SIGINT = 2;

  private static final List<Option> OWN = List.of(
      Option.value("--output", "FILE", "where to (default: NAME-DATE-TIME.tarerec)").shortAs("-o"),
      Option.flag("--output-marks",
          "look for [MEMSTATS:LABEL] lines in its output, which then passes through a pipe; --mark-pattern does so too"),
      Option.flag("--quiet", "tell no story at the end"),
      Option.flag("--exit-zero", "exit with 0 whatever the command's own exit code"),
      RecordingOptions.MAX_SIZE);

  static final Command COMMAND = new Command("run", "-- CMD…", """
      Run a program and record it from its first instruction to its end; then tell
      the story: baseline, each marked phase and what it added, the peak and what it
      was made of, what came back, how it ended.
      Input, output and signals go through; the exit code is the program's own (128
      and the signal's number when a signal ended it). Marks come from the program
      (io.tare.probe.Marks), from 'tare mark', from logs and output.""",
      Stream.of(OWN, RecordingOptions.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare run -- java -jar orders.jar", "tare run -o sync.tarerec --output-marks -- ./sync --all",
          "tare sync.tarerec"),
      RunCommand::run);

  private RunCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    List<String> command = arguments.operands();
    if (command.isEmpty()) {
      throw new UsageException("which command? tare run -- java -jar app.jar");
    }
    RecorderOptions options = RecordingOptions.of(arguments, DENSE, LedgerRules.USUAL.turn());
    OutputMarks output = new OutputMarks(RecordingOptions.logMarks(arguments));
    boolean reads = arguments.has("--output-marks") || arguments.has("--mark-pattern");
    Path file = Path.of(arguments.value("--output").orElseGet(() -> defaultName(command.getFirst())));
    if (Files.exists(file) && Files.size(file) > 0) {
      throw new UsageException(file + " is there already; a run is recorded into a new file");
    }
    try {
      int code = ExitCode.COULD_NOT_MEASURE;
      try (RecordingSession session = RecordingSession.open(file, RecordingOptions.mostBytes(arguments), options,
          console)) {
        RecordingOptions.followLogs(session.recorder(), arguments);
        Process child = start(command, file, reads);
        List<Thread> relays = reads ? relay(child, output) : List.of();
        forwardSignals(child, console);
        session.recorder().listenTo(output);
        code = record(session, child, relays, console);
      }
      tell(file, arguments, console);
      return arguments.has("--exit-zero") ? ExitCode.FINE : code;
    } catch (NotThisFormat failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static Process start(List<String> command, Path file, boolean reads) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Redirect.INHERIT);
    if (!reads) {
      builder.redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
    }
    builder.environment().put(MarkCommand.ENVIRONMENT, file.toAbsolutePath().toString());
    try {
      return builder.start();
    } catch (IOException refused) {
      Files.deleteIfExists(file);
      throw new IOException(command.getFirst() + " can't be started: " + reason(refused), refused);
    }
  }

  private static String reason(IOException refused) {
    Throwable cause = refused.getCause();
    String message = String.valueOf(cause == null ? refused.getMessage() : cause.getMessage());
    return message.replaceFirst("^error=\\d+, ", "");
  }

  private static List<Thread> relay(Process child, OutputMarks output) {
    return List.of(output.relay(child.getInputStream(), new FileOutputStream(FileDescriptor.out)),
        output.relay(child.getErrorStream(), new FileOutputStream(FileDescriptor.err)));
  }

  /** Ctrl-C reaches the command by itself when both share a terminal: then it is only not obeyed here. */
  private static void forwardSignals(Process child, Console console) {
    FORWARDED.forEach((name, number) -> Signals.on(name, () -> send(child, number, console)));
    boolean sharesTerminal = console.errIsTerminal();
    Signals.on("INT", () -> {
      if (!sharesTerminal) {
        send(child, SIGINT, console);
      }
    });
  }

  private static void send(Process child, int signal, Console console) {
    try (ProcessHold hold = ProcessHold.open(child.pid())) {
      hold.signal(signal);
    } catch (IOException gone) {
      console.err().println("tare: the signal could not be passed on: " + gone.getMessage());
    }
  }

  private static int record(RecordingSession session, Process child, List<Thread> relays, Console console)
      throws IOException {
    try {
      Recorder recorder = session.recorder();
      try {
        recorder.addChild(child, Recorder.identify(child.pid()));
        var _ = child.onExit().thenRun(recorder::stopAfterRound);
        recorder.run(0);
      } catch (CaptureException ended) {
        console.err().println("tare: " + ended.getMessage() + " before it could be read");
      }
      for (Thread relay : relays) {
        relay.join(2_000);
      }
      return child.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static void tell(Path file, Arguments arguments, Console console) throws IOException, NotThisFormat {
    if (arguments.has("--quiet")) {
      return;
    }
    boolean colour = console.errIsTerminal() && console.environment().getOrDefault("NO_COLOR", "").isEmpty();
    TextOptions text = new TextOptions(console.width(), colour, console.unicode(), false, false, Units.BINARY);
    console.err().println();
    console.err().printPage(StoryText.render(Stories.of(RecordingFiles.open(file)), text));
    console.err().println("recorded in " + file + "; 'tare " + file + "' tells it again");
  }

  private static String defaultName(String program) {
    String name = String.valueOf(Path.of(program).getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
    String now = LocalDateTime.now(ZoneId.systemDefault())
        .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    return name + "-" + now + RecordingStory.ENDING;
  }
}
