package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Signals;
import io.tare.app.cli.Spans;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.app.operand.ProcessChoice;
import io.tare.capture.CaptureException;
import io.tare.capture.attach.Ask;
import io.tare.formats.NotThisFormat;
import io.tare.history.live.LedgerSchedule.LedgerRules;
import io.tare.history.live.Recorder;
import io.tare.history.live.Recorder.RecorderOptions;
import io.tare.ledger.words.Words;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code tare record PID…}: the ledger over time. */
public final class RecordCommand {
  private static final List<Option> OWN = List.of(
      Option.value("--output", "FILE", "where to (default: NAME-PID.tarerec); an older recording of it is gone on with")
          .shortAs("-o"),
      Option.value("--for", "TIME", "stop after that time (default: when they end, or Ctrl-C)"),
      Option.flag("--append", "go on with a file that holds other processes"),
      Option.value("--settle", "[EVERY]",
          "ask JVMs for a full collection again and again, so that a leak verdict rests on what lives (default: 1m)"),
      RecordingOptions.MAX_SIZE);

  private static final Duration SETTLE = Duration.ofMinutes(1);
  private static final Duration SHORTEST_SETTLE = Duration.ofSeconds(10);

  public static final Command COMMAND = new Command("record", "PID|NAME…", """
      Record processes over time: readings, ledgers, marks, and how they end.
      A cheap reading is taken every second, a full ledger every minute and when
      something happens.
      It only looks, as 'tare PID' does. The file survives whatever ends the process
      or the recorder; 'tare FILE.tarerec' tells its story.""",
      Stream.of(OWN, RecordingOptions.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare record 4711 -o orders.tarerec", "tare record 4711 4712 --children --for 2h",
          "tare record kafka --log server.log --mark-pattern 'loaded (?<items>\\d+) rows'",
          "tare record 4711 --settle --for 10m", "tare record 4711 --census --for 10m", "tare orders.tarerec"),
      RecordCommand::run);

  private RecordCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().isEmpty()) {
      throw new UsageException("which process?");
    }
    RecorderOptions options = settling(RecordingOptions.of(arguments, Duration.ZERO, LedgerRules.USUAL.turn()),
        arguments,
        console);
    Duration most = Spans.of(arguments, "--for", Duration.ZERO);
    RecordingOptions.logMarks(arguments);
    try {
      List<RecordedProcess> processes = processes(arguments);
      Path file = Path.of(arguments.value("--output").orElseGet(() -> defaultName(processes.getFirst())));
      if (!arguments.has("--append")) {
        var refusal = RecordingSession.refusal(file, processes);
        if (refusal.isPresent()) {
          throw new UsageException(refusal.get());
        }
      }
      try (RecordingSession session = RecordingSession.open(file, RecordingOptions.mostBytes(arguments), options,
          console)) {
        record(session, processes, arguments, console, most);
      }
      console.out().println(file + ": " + Words.bytes(Files.size(file)) + "; 'tare " + file + "' tells the story");
      return ExitCode.FINE;
    } catch (CaptureException | NotThisFormat failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  /** The price is said before. */
  private static RecorderOptions settling(RecorderOptions options, Arguments arguments, Console console)
      throws UsageException {
    if (!arguments.has("--settle")) {
      return options;
    }
    Duration every = arguments.value("--settle").filter(text -> !text.isEmpty()).isPresent()
        ? Spans.of(arguments, "--settle", Duration.ZERO)
        : SETTLE;
    if (every.compareTo(SHORTEST_SETTLE) < 0) {
      throw new UsageException("--settle must be at least " + SHORTEST_SETTLE.toSeconds() + "s");
    }
    console.err().println("asking about every " + every.toSeconds() + " s (" + Ask.GC.word() + "): " + Ask.GC.cost());
    return options.settling(every);
  }

  private static List<RecordedProcess> processes(Arguments arguments)
      throws UsageException, IOException, CaptureException {
    List<RecordedProcess> processes = new ArrayList<>();
    for (String operand : arguments.operands()) {
      processes.add(Recorder.identify(ProcessChoice.pid(operand, arguments)));
    }
    return processes;
  }

  private static void record(RecordingSession session, List<RecordedProcess> processes, Arguments arguments,
      Console console, Duration most) throws CaptureException, IOException, UsageException {
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signals.on(signal, session.recorder()::stop);
    }
    for (RecordedProcess process : processes) {
      session.add(process);
    }
    RecordingOptions.followLogs(session.recorder(), arguments);
    console.err()
        .println("recording " + processes.stream().map(RecordedProcess::words).collect(Collectors.joining("; "))
            + " into " + session.path() + " (Ctrl-C ends it; 'tare mark LABEL' marks a moment)");
    session.recorder().run(most.toMillis());
  }

  static String defaultName(RecordedProcess process) {
    return process.label().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + process.pid() + Operand.RECORDING_ENDING;
  }
}
