package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.Signals;
import io.tare.app.cli.Spans;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.ProcessChoice;
import io.tare.capture.CaptureException;
import io.tare.formats.NotThisFormat;
import io.tare.history.live.EntrySink.WatchSink;
import io.tare.history.live.Recorder;
import io.tare.history.live.Recorder.RecorderOptions;
import io.tare.history.watch.WatchState;
import io.tare.model.history.LiveReading;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.WatchView;
import io.tare.report.live.WatchScreen;
import io.tare.report.look.Clean;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code tare watch PID}: the ledger as it lives. */
public final class WatchCommand {
  private static final Duration LEDGER_TURN = Duration.ofSeconds(15);
  private static final long MILLIS_PER_LINE = 10_000;

  private static final List<Option> OWN = List.of(
      Option.value("--metrics", "PORT",
          "serve metrics (OpenMetrics, Prometheus) at /metrics, to this machine only; HOST:PORT for others"),
      Option.value("--otlp", "URL",
          "send metrics to an OpenTelemetry collector every ten seconds: http://localhost:4318"),
      Option.flag("--all", "watch every process whose name --match fits, also those that start later"),
      Option.value("--match", "REGEX", "which names --all means"),
      Option.value("--alert", "RULE",
          "raise an alarm: 'rss.anon > 1GB for 30s', 'heap.live > 500MB', 'growth(malloc.used) > 10MB/h'; can be repeated"),
      Option.value("--alert-command", "CMD",
          "run this by the shell when an alarm is raised, instead of printing a line"),
      Option.value("--for", "TIME", "stop after that time"),
      Option.flag("--plain", "lines instead of a screen, also on a terminal"),
      Option.value("--record", "FILE",
          "record what is watched, too; an older recording of it is gone on with, and 'tare mark' is heard"),
      Option.value("--width", "COLUMNS", "width of the text (default: the terminal's)"),
      Option.choice("--color", "WHEN", List.of("auto", "always", "never"), "colours (default: auto)"),
      Option.flag("--ascii", "plain characters only"),
      Option.flag("--si", "units of 1,000 instead of 1,024"), RecordingOptions.MAX_SIZE);

  public static final Command COMMAND = new Command("watch", "[PID|NAME]", """
      Watch a process live: its scales, its ledger, its heap, how fast each grows.
      On a terminal a screen (q quits, l takes a ledger, m sets a mark); otherwise a
      line every ten seconds. With --all many at once, in lines: what restarts is
      watched again. Exits with 1 when an alarm was raised.""",
      Stream.of(OWN, RecordingOptions.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare watch 4711", "tare watch orders --metrics 9400",
          "tare watch --all --match 'orders|billing' --metrics 9400",
          "tare watch 4711 --alert 'rss.anon > 1GB for 30s' --alert-command 'notify-send \"$TARE_ALERT\"'"),
      WatchCommand::run);

  private WatchCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    boolean isAll = isAll(arguments);
    RecorderOptions options = RecordingOptions.of(arguments, Duration.ZERO, LEDGER_TURN);
    RecordingOptions.logMarks(arguments);
    Alarms alarms = Alarms.of(arguments, console);
    TextOptions text = Output.textOptions(arguments, console, false);
    try {
      if (isAll) {
        watchAll(options, alarms, text, arguments, console);
        return alarms.anyRaised() ? ExitCode.FINDING : ExitCode.FINE;
      }
      RecordedProcess process = Recorder.identify(ProcessChoice.pid(arguments.single("process"), arguments));
      if (arguments.has("--record")) {
        watchRecording(process, options, alarms, text, arguments, console);
      } else {
        WatchSink sink = new WatchSink(Optional.empty());
        Recorder recorder = new Recorder(options, sink, sentence -> console.err().println("tare: " + sentence));
        recorder.add(process);
        watch(new Watch(sink, recorder, alarms, text), arguments, console);
      }
      return alarms.anyRaised() ? ExitCode.FINDING : ExitCode.FINE;
    } catch (CaptureException | NotThisFormat failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static boolean isAll(Arguments arguments) throws UsageException {
    boolean isAll = arguments.has("--all");
    if (isAll != arguments.has("--match")) {
      throw new UsageException("--all and --match belong together: tare watch --all --match 'orders|billing'");
    }
    if (isAll && !arguments.operands().isEmpty()) {
      throw new UsageException("--all takes no process: --match says which are meant");
    }
    if (isAll && arguments.has("--record")) {
      throw new UsageException("--all records nothing: 'tare record' records several processes in one file");
    }
    return isAll;
  }

  private static void watchAll(RecorderOptions options, Alarms alarms, TextOptions text, Arguments arguments,
      Console console) throws UsageException, IOException {
    WatchSink sink = new WatchSink(Optional.empty());
    Recorder recorder = new Recorder(options, sink, sentence -> console.err().println("tare: " + sentence));
    WatchedProcesses fitting = WatchedProcesses.of(arguments, recorder, console);
    recorder.waitForMore();
    recorder.eachRound(fitting::look);
    watch(new Watch(sink, recorder, alarms, text), arguments, console);
  }

  /** What belongs to one watch. */
  private record Watch(WatchSink sink, Recorder recorder, Alarms alarms, TextOptions text) {
    List<WatchView> views() {
      return sink.states().stream().filter(state -> isShown(state)).map(state -> state.view(alarms.raised(state)))
          .toList();
    }

    List<LiveReading> readings() {
      return sink.states().stream().filter(state -> !state.hasEnded()).map(this::reading).flatMap(Optional::stream)
          .toList();
    }

    /** The end of the only one is the last thing to be seen. */
    private boolean isShown(WatchState state) {
      return !state.hasEnded() || sink.states().size() == 1;
    }

    private Optional<LiveReading> reading(WatchState state) {
      return state.reading(alarms.all(state)).map(reading -> reading.in(ContainerName.of(state.process().pid())));
    }
  }

  private static void watchRecording(RecordedProcess process, RecorderOptions options, Alarms alarms, TextOptions text,
      Arguments arguments, Console console) throws UsageException, IOException, CaptureException, NotThisFormat {
    Path file = Path.of(arguments.value("--record").orElse(""));
    Optional<String> refusal = RecordingSession.refusal(file, List.of(process));
    if (refusal.isPresent()) {
      throw new UsageException(refusal.get());
    }
    WatchSink[] sink = new WatchSink[1];
    try (RecordingSession session = RecordingSession.open(file, RecordingOptions.mostBytes(arguments), options, console,
        recording -> sink[0] = new WatchSink(Optional.of(recording)))) {
      session.add(process);
      watch(new Watch(sink[0], session.recorder(), alarms, text), arguments, console);
    }
  }

  private static void watch(Watch watch, Arguments arguments, Console console) throws UsageException, IOException {
    RecordingOptions.followLogs(watch.recorder(), arguments);
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signals.on(signal, watch.recorder()::stop);
    }
    watch.recorder().eachRound(() -> watch.sink().states()
        .forEach(state -> watch.alarms().look(state, System.currentTimeMillis())));
    long most = Spans.of(arguments, "--for", Duration.ZERO).toMillis();
    try (MetricsPage page = arguments.has("--metrics")
        ? MetricsPage.open(arguments.value("--metrics").orElse(""))
        : null;
        OtlpPush push = arguments.has("--otlp")
            ? OtlpPush.open(arguments.value("--otlp").orElse(""), console)
            : null) {
      if (page != null) {
        console.err().println("metrics at " + page.address());
        watch.recorder().eachRound(() -> page.show(watch.readings()));
      }
      if (push != null) {
        watch.recorder().eachRound(() -> push.show(watch.readings()));
      }
      show(watch, most, arguments, console);
    }
  }

  private static void show(Watch watch, long most, Arguments arguments, Console console)
      throws UsageException, IOException {
    if (!console.outIsTerminal() || arguments.has("--plain") || arguments.has("--all")) {
      lines(watch, arguments.has("--all"), console);
      watch.recorder().run(most);
      return;
    }
    OptionalLong width = arguments.number("--width", 40);
    OptionalInt fixed = width.isPresent()
        ? OptionalInt.of((int) Math.min(1000, width.getAsLong()))
        : OptionalInt.empty();
    try (LiveScreen screen = LiveScreen.enter(console, watch.text(), fixed)) {
      screen.listen(watch.recorder());
      watch.recorder().eachRound(() -> screen.draw(watch.views()));
      watch.recorder().run(most);
    }
    watch.views().forEach(view -> console.out().printPage(WatchScreen.line(view, watch.text())));
  }

  /** Where several are watched each line says whose it is. */
  private static void line(Watch watch, WatchView view, boolean isOneOfSeveral, Console console) {
    String whose = isOneOfSeveral ? Clean.line(view.process().words()) + "  " : "";
    console.out().printPage(whose + WatchScreen.line(view, watch.text()));
  }

  private static void lines(Watch watch, boolean areSeveral, Console console) {
    long[] last = {0};
    watch.recorder().eachRound(() -> {
      long now = System.currentTimeMillis();
      if (now - last[0] >= MILLIS_PER_LINE) {
        last[0] = now;
        watch.views().forEach(view -> line(watch, view, areSeveral, console));
        if (console.out().failure().isPresent()) {
          watch.recorder().stop();
        }
      }
    });
  }
}
