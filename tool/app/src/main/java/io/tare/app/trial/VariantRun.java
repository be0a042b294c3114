package io.tare.app.trial;

import io.tare.app.cli.VersionCommand;
import io.tare.app.operand.LogFiles;
import io.tare.capture.CaptureException;
import io.tare.capture.proc.ProcessFolder;
import io.tare.capture.start.CommandStart;
import io.tare.capture.start.StartedCommand;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.history.compare.RunFigures;
import io.tare.history.live.LedgerSchedule.LedgerRules;
import io.tare.history.live.MarkFile;
import io.tare.history.live.Recorder;
import io.tare.history.live.Recorder.RecorderOptions;
import io.tare.history.live.RecordingFile;
import io.tare.history.live.RecordingFiles;
import io.tare.history.log.LogReading;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.trial.Measure;
import io.tare.report.look.Units;
import io.tare.trial.Launch;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One run of one variant: started without a terminal, its output kept in a file, recorded from its beginning to its end. */
final class VariantRun {
  private static final Duration DENSE = Duration.ofSeconds(10);
  private static final LedgerRules LEDGERS = new LedgerRules(Duration.ofSeconds(5), 0.02);
  private static final long MOST_BYTES = 32L << 20;
  private static final long MOST_LOG_BYTES = 64L << 20;
  private static final long PATIENCE_MILLIS = 10_000;
  private static final long IDLE_MILLIS = 5_000;
  private static final double IDLE_SHARE = 0.01;

  private final Launch launch;
  private final Until until;
  private final Path recording;
  private final Path output;
  private final Set<ProcessHandle> offspring = new LinkedHashSet<>();
  private final Launcher launcher = new Launcher();
  private final List<Mark> marks = new ArrayList<>();
  private volatile boolean abandoned;
  private boolean endedByUs;
  private boolean tookTooLong;
  private boolean lastLedgerAsked;
  private long toldToEndAtNanos;
  private long lastProcessorNanos = -1;
  private long quietSinceNanos;

  VariantRun(Launch launch, Until until, Path recording, Path output) {
    this.launch = launch;
    this.until = until;
    this.recording = recording;
    this.output = output;
  }

  /** What it came to. */
  record Outcome(Map<Measure, Double> figures, Optional<String> failure) {
    static Outcome failed(String why) {
      return new Outcome(Map.of(), Optional.of(why));
    }
  }

  /** Ends the run soon; may be called from any thread. */
  void abandon() {
    abandoned = true;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  Outcome run() throws InterruptedException {
    try {
      Files.deleteIfExists(recording);
      if (launch.limit().isEmpty()) {
        return record(launch.command());
      }
      try (MemoryGroup group = MemoryGroup.of(launch.limit().get())) {
        return record(group.entering(launch.command()));
      }
    } catch (IOException | NotThisFormat failed) {
      return Outcome.failed("it could not be run and recorded: " + failed.getMessage());
    }
  }

  private Outcome record(List<String> command) throws IOException, NotThisFormat, InterruptedException {
    RecorderOptions options = new RecorderOptions(Duration.ofMillis(500), DENSE, LEDGERS, false,
        VersionCommand.version());
    int code;
    try (RecordingFile file = RecordingFile.open(recording, MOST_BYTES, System::currentTimeMillis);
        MarkFile heard = MarkFile.open(recording)) {
      Recorder recorder = new Recorder(options, file, _ -> {});
      recorder.listenTo(() -> {
        List<Mark> news = heard.news();
        marks.addAll(news);
        return news;
      });
      StartedCommand started = start(command);
      ProcessHandle child = started.handle();
      Recorder.Child recorded = new Recorder.Child(child.pid(), started.exit(), started.usage());
      long began = System.nanoTime();
      quietSinceNanos = began;
      try {
        recorder.addChild(recorded, Recorder.identify(child.pid()));
        var _ = started.exit().thenRun(recorder::stopAfterRound);
        recorder.eachRound(() -> look(child, recorder, began));
        recorder.run(0);
      } catch (CaptureException gone) {
        started.exit().join();
        recorder.addEnded(recorded, String.valueOf(Path.of(command.getFirst()).getFileName()));
        recorder.run(0);
      } finally {
        endForGood(started);
      }
      code = exitValue(started);
    }
    marked().forEach(offspring::add);
    List<ProcessHandle> left = offspring.stream().filter(ProcessHandle::isAlive).toList();
    left.forEach(ProcessHandle::destroyForcibly);
    return judged(code, left.size());
  }

  /** Who carries this run's recording in its environment: also what a child of a moment has left, which no round has seen as its own. */
  private Stream<ProcessHandle> marked() {
    String mark = "\0" + MarkFile.ENVIRONMENT + "=" + recording.toAbsolutePath() + "\0";
    return ProcessHandle.allProcesses().filter(one -> one.pid() != ProcessHandle.current().pid())
        .filter(one -> new ProcessFolder(Path.of("/proc"), one.pid()).text("environ")
            .filter(words -> ("\0" + words + "\0").contains(mark)).isPresent());
  }

  private StartedCommand start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true).redirectOutput(Redirect.to(output.toFile()));
    builder.environment().putAll(launch.environment());
    builder.environment().put(MarkFile.ENVIRONMENT, recording.toAbsolutePath().toString());
    return CommandStart.start(builder, false);
  }

  /** After each reading: is it time to end it? A last ledger is taken before. */
  private void look(ProcessHandle child, Recorder recorder, long began) {
    child.descendants().limit(1_000).forEach(offspring::add);
    launcher.look(child, offspring);
    if (toldToEndAtNanos != 0) {
      if (System.nanoTime() - toldToEndAtNanos > PATIENCE_MILLIS * 1_000_000) {
        child.destroyForcibly();
      }
      return;
    }
    Duration lasted = Duration.ofNanos(System.nanoTime() - began);
    boolean tooLong = lasted.compareTo(until.most()) >= 0;
    if (!abandoned && !tooLong && !isOver(child, lasted)) {
      return;
    }
    if (!lastLedgerAsked && !abandoned) {
      lastLedgerAsked = true;
      recorder.askForLedger();
      return;
    }
    tookTooLong = tooLong && !until.after().filter(span -> lasted.compareTo(span) >= 0).isPresent();
    endedByUs = true;
    toldToEndAtNanos = System.nanoTime();
    child.destroy();
  }

  private boolean isOver(ProcessHandle child, Duration lasted) {
    return lastLedgerAsked || until.after().filter(span -> lasted.compareTo(span) >= 0).isPresent()
        || until.mark().filter(label -> marks.stream().anyMatch(mark -> mark.label().equals(label))).isPresent()
        || (until.idle() && isIdle(child));
  }

  /** Hardly any processor time for some seconds. */
  private boolean isIdle(ProcessHandle child) {
    long now = System.nanoTime();
    long processor = child.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    if (lastProcessorNanos < 0 || processor - lastProcessorNanos > IDLE_SHARE * (now - quietSinceNanos) + 20_000_000) {
      lastProcessorNanos = processor;
      quietSinceNanos = now;
    }
    return now - quietSinceNanos > IDLE_MILLIS * 1_000_000;
  }

  private static void endForGood(StartedCommand child) throws InterruptedException, IOException {
    if (!child.exit().isDone()) {
      child.handle().destroy();
      try {
        child.exit().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException stubborn) {
        child.handle().destroyForcibly();
      } catch (ExecutionException lost) {
        throw notKnown(lost);
      }
    }
  }

  private static int exitValue(StartedCommand child) throws InterruptedException, IOException {
    try {
      return child.exit().get();
    } catch (ExecutionException lost) {
      throw notKnown(lost);
    }
  }

  private static IOException notKnown(ExecutionException lost) {
    return new IOException("how it ended is not known", lost);
  }

  /** What was recorded of a run, and what its output tells. */
  static Map<Measure, Double> figures(RecordedTrack track, Path output) throws IOException {
    Map<Measure, Double> figures = new EnumMap<>(RunFigures.of(track));
    if (Files.exists(output) && Files.size(output) <= MOST_LOG_BYTES) {
      LogReading log = new LogReading(ParseLimits.DEFAULT);
      LogFiles.read(List.of(output.toString()), log);
      log.pauses().ifPresent(pauses -> figures.put(Measure.PAUSE, pauses.p99() / 1e3));
    }
    return figures;
  }

  private Outcome judged(int code, int left) throws IOException, NotThisFormat {
    if (abandoned) {
      return Outcome.failed("it was interrupted");
    }
    List<RecordedTrack> tracks = RecordingFiles.open(recording).tracks();
    if (tookTooLong) {
      return Outcome.failed("it did not end within " + until.most().toSeconds() + " s");
    }
    if (!endedByUs && code != 0) {
      String killed = code > 128 ? "it was ended by signal " + (code - 128) : "it ended with code " + code;
      String memory = tracks.stream().flatMap(track -> track.ending().stream())
          .anyMatch(ending -> ending.cause() == Ending.Cause.OUT_OF_MEMORY) ? ", for want of memory" : "";
      return Outcome.failed(killed + memory + "; its output is in " + output);
    }
    if (!endedByUs && !until.isItsOwnEnd()) {
      return Outcome.failed("it ended by itself before that; its output is in " + output);
    }
    if (!endedByUs && left > 0) {
      return Outcome.failed(
          "it ended and left " + left + " processes behind, which were ended: what goes into the background can't be"
              + " weighed as a run (is there an option that keeps it in the foreground?)");
    }
    if (launcher.words().isPresent()) {
      return Outcome.failed(launcher.words().get());
    }
    Map<Measure, Double> figures = tracks.isEmpty() ? Map.of() : figures(tracks.getFirst(), output);
    return figures.containsKey(Measure.PEAK)
        ? new Outcome(figures, Optional.empty())
        : Outcome.failed("it was over before it could be read");
  }

  /** Whether another process did the work: only the process itself is weighed, and a shell that waits weighs nothing. */
  private static final class Launcher {
    private static final int TIMES_LARGER = 4;
    private static final int PAGE_BYTES = 4096;

    private long own;
    private long largest;
    private String name = "";

    void look(ProcessHandle child, Set<ProcessHandle> offspring) {
      own = Math.max(own, residentPages(child.pid()));
      for (ProcessHandle one : offspring) {
        long pages = residentPages(one.pid());
        if (pages > largest) {
          largest = pages;
          name = one.info().command().map(file -> String.valueOf(Path.of(file).getFileName())).orElse("a program");
        }
      }
    }

    Optional<String> words() {
      return own > 0 && largest > TIMES_LARGER * own
          ? Optional.of("the work was done by " + name + ", which it started (" + megabytes(largest) + " against "
              + megabytes(own) + " of its own), and only the process itself is weighed; start " + name
              + " directly, or write 'exec' before it in the shell's line")
          : Optional.empty();
    }

    private static String megabytes(long pages) {
      return Units.BINARY.format(pages * PAGE_BYTES);
    }

    /** Zero where it is gone. */
    private static long residentPages(long pid) {
      return new ProcessFolder(Path.of("/proc"), pid).text("statm").map(text -> text.split(" ", -1))
          .filter(fields -> fields.length > 1).map(fields -> Long.parseLong(fields[1])).orElse(0L);
    }
  }
}
