package io.tare.app.command;

import io.tare.app.cli.Console;
import io.tare.capture.CaptureException;
import io.tare.formats.NotThisFormat;
import io.tare.history.live.EntrySink;
import io.tare.history.live.MarkFile;
import io.tare.history.live.Recorder;
import io.tare.history.live.Recorder.RecorderOptions;
import io.tare.history.live.RecordingFile;
import io.tare.history.live.RecordingFiles;
import io.tare.history.live.RunningRecorders;
import io.tare.history.live.RunningRecorders.Listed;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A recording file that is being written, with all that belongs to it: the recorder, the file for marks, the entry in the list. */
final class RecordingSession implements AutoCloseable {
  private final RecordingFile file;
  private final Optional<MarkFile> marks;
  private final Optional<Listed> listed;
  private final Recorder recorder;
  private final RecordingFiles.Known known;

  private RecordingSession(RecordingFile file, RecordingFiles.Known known, RecorderOptions options, Console console,
      UnaryOperator<EntrySink> through) throws IOException {
    this.file = file;
    this.known = known;
    marks = hear(file.path(), console);
    listed = marks.isPresent() ? list(file.path(), console) : Optional.empty();
    recorder = new Recorder(options, through.apply(file), sentence -> console.err().println("tare: " + sentence));
    marks.ifPresent(recorder::listenTo);
    recorder.numberAfter(known.highest());
  }

  /** Marks are a help, not the matter: where somebody else holds their file's name, the recording goes on without them. */
  private static Optional<MarkFile> hear(Path recording, Console console) {
    try {
      return Optional.of(MarkFile.open(recording));
    } catch (IOException planted) {
      console.err().println("tare: 'tare mark' is not heard by this recording: " + planted.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<Listed> list(Path recording, Console console) {
    try {
      return Optional.of(RunningRecorders
          .ofThisUser(console.environment().getOrDefault("XDG_RUNTIME_DIR", "")).enter(recording));
    } catch (IOException planted) {
      console.err().println("tare: 'tare mark' can't find this recording by itself (" + planted.getMessage()
          + "): name it, as in tare mark LABEL --recording " + recording);
      return Optional.empty();
    }
  }

  /** Opens a recording; one that is there already is gone on with, if it is of one of these processes. */
  static RecordingSession open(Path path, long mostBytes, RecorderOptions options, Console console)
      throws IOException, NotThisFormat {
    return open(path, mostBytes, options, console, UnaryOperator.identity());
  }

  /** As {@link #open(Path, long, RecorderOptions, Console)}, with somebody who sees every entry on its way to the file. */
  static RecordingSession open(Path path, long mostBytes, RecorderOptions options, Console console,
      UnaryOperator<EntrySink> through) throws IOException, NotThisFormat {
    boolean isOld = Files.exists(path) && Files.size(path) > 0;
    RecordingFiles.Known known = isOld ? RecordingFiles.known(path) : new RecordingFiles.Known(Map.of(), 0);
    RecordingFile file = RecordingFile.open(path, mostBytes, System::currentTimeMillis);
    return new RecordingSession(file, known, options, console, through);
  }

  /** Which of the processes a recording is of already; a sentence when it is of others only. */
  static Optional<String> refusal(Path path, List<RecordedProcess> processes) throws IOException, NotThisFormat {
    if (!Files.exists(path) || Files.size(path) == 0) {
      return Optional.empty();
    }
    RecordingFiles.Known known = RecordingFiles.known(path);
    boolean isOfOne = known.running().values().stream()
        .anyMatch(old -> processes.stream().anyMatch(old::isSameProcess));
    if (isOfOne || known.highest() == 0) {
      return Optional.empty();
    }
    String others = known.running().values().stream().map(RecordedProcess::words).findFirst()
        .orElse("processes that have ended");
    return Optional.of(path + " is a recording of another process (" + others
        + "; a pid that is used again is another process); choose another file, or --append to have both in one");
  }

  Recorder recorder() {
    return recorder;
  }

  Path path() {
    return file.path();
  }

  /** Records the process, under its old number when the file knows it. */
  void add(RecordedProcess process) throws CaptureException, IOException {
    for (Map.Entry<Integer, RecordedProcess> old : known.running().entrySet()) {
      if (old.getValue().isSameProcess(process)) {
        recorder.add(process, old.getKey());
        return;
      }
    }
    recorder.add(process);
  }

  @Override
  public void close() throws IOException {
    file.close();
    if (marks.isPresent()) {
      marks.get().close();
    }
    if (listed.isPresent()) {
      listed.get().close();
    }
  }
}
