package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Signals;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.capture.CaptureException;
import io.tare.capture.kernel.ProcessHold;
import io.tare.capture.start.CommandStart;
import io.tare.capture.start.StartedCommand;
import io.tare.formats.NotThisFormat;
import io.tare.history.compare.Stories;
import io.tare.history.live.LedgerSchedule.LedgerRules;
import io.tare.history.live.MarkFile;
import io.tare.history.live.MarkSource.OutputMarks;
import io.tare.history.live.Recorder;
import io.tare.history.live.Recorder.RecorderOptions;
import io.tare.history.live.RecordingFiles;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import io.tare.report.story.StoryText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** {@code tare run -- CMD…}: a program from its first instruction to its end, told as a story. */
public final class RunCommand {
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

  public static final Command COMMAND = new Command("run", "-- CMD…", """
      Run a program, record it from its first instruction to its end, tell its story.
      The story: baseline, each marked phase and what it added, the peak and what it
      was made of, what came back, how it ended.
      Input, output and signals go through; the exit code is the program's own (128
      and the signal's number when a signal ended it; 127 when it is not there, 126
      when it can't be run). Peak and processor time are the kernel's own count. Marks
      come from the program
      (io.tare.probe.marks.Marks), from 'tare mark', from logs and output.""",
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
        StartedCommand child = start(command, file, reads);
        child.roughly().ifPresent(why -> console.err().println("tare: " + why
            + ": if its peak is below that of Tare itself, it is told as far as it was seen"));
        List<Thread> relays = reads ? relay(child, output) : List.of();
        forwardSignals(child, console);
        session.recorder().listenTo(output);
        code = record(session, child, relays, command.getFirst());
      }
      tell(file, arguments, console);
      return arguments.has("--exit-zero") ? ExitCode.FINE : code;
    } catch (CannotStart refused) {
      console.err().println("tare: " + refused.getMessage());
      return refused.code;
    } catch (NotThisFormat failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static StartedCommand start(List<String> command, Path file, boolean reads) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(MarkFile.ENVIRONMENT, file.toAbsolutePath().toString());
    try {
      return CommandStart.start(builder, reads);
    } catch (IOException refused) {
      Files.deleteIfExists(file);
      throw new CannotStart(command.getFirst() + " can't be started: " + reason(refused), refused);
    }
  }

  /** As shells have it: 127 for a command that is not there, 126 for one that can't be run. */
  private static final class CannotStart extends IOException {
    private static final long serialVersionUID = 1;
    private static final int NOT_FOUND = 127;
    private static final int NOT_RUNNABLE = 126;

    private final int code;

    CannotStart(String message, IOException refused) {
      super(message, refused);
      code = message.contains("No such file") ? NOT_FOUND : NOT_RUNNABLE;
    }
  }

  private static String reason(IOException refused) {
    Throwable cause = refused.getCause();
    String message = String.valueOf(cause == null ? refused.getMessage() : cause.getMessage());
    return message.replaceFirst("^error=\\d+, ", "");
  }

  private static List<Thread> relay(StartedCommand child, OutputMarks output) {
    return List.of(output.relay(child.outputs().getFirst(), new FileOutputStream(FileDescriptor.out)),
        output.relay(child.outputs().getLast(), new FileOutputStream(FileDescriptor.err)));
  }

  /** Ctrl-C reaches the command by itself when both share a terminal: then it is only not obeyed here. */
  private static void forwardSignals(StartedCommand child, Console console) {
    FORWARDED.forEach((name, number) -> Signals.on(name, () -> send(child, number, console)));
    boolean sharesTerminal = console.errIsTerminal();
    Signals.on("INT", () -> {
      if (!sharesTerminal) {
        send(child, SIGINT, console);
      }
    });
  }

  private static void send(StartedCommand child, int signal, Console console) {
    try (ProcessHold hold = ProcessHold.open(child.pid())) {
      hold.signal(signal);
    } catch (IOException gone) {
      console.err().println("tare: the signal could not be passed on: " + gone.getMessage());
    }
  }

  private static int record(RecordingSession session, StartedCommand child, List<Thread> relays, String program)
      throws IOException {
    try {
      Recorder recorder = session.recorder();
      Recorder.Child recorded = new Recorder.Child(child.pid(), child.exit(), child.usage());
      try {
        recorder.addChild(recorded, Recorder.identify(child.pid()));
        var _ = child.exit().thenRun(recorder::stopAfterRound);
      } catch (CaptureException ended) {
        child.exit().join();
        recorder.addEnded(recorded, String.valueOf(Path.of(program).getFileName()));
      }
      recorder.run(0);
      for (Thread relay : relays) {
        relay.join(2_000);
      }
      return child.exit().get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return ExitCode.COULD_NOT_MEASURE;
    } catch (ExecutionException lost) {
      throw new IOException("how the command ended is not known", lost);
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
    return name + "-" + now + Operand.RECORDING_ENDING;
  }
}
