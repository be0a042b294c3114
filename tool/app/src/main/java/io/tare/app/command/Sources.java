package io.tare.app.command;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.UsageException;
import io.tare.capture.CaptureException;
import io.tare.capture.file.CaptureFileException;
import io.tare.capture.file.CaptureReader;
import io.tare.history.compare.Snapshots;
import io.tare.model.capture.Capture;
import io.tare.model.history.Snapshot;
import io.tare.model.history.StoryPhase;
import io.tare.model.history.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What an operand stands for: a process, a moment of one in a capture, or one over time. */
sealed interface Sources {
  /** A single moment. */
  record Moment(String name, Capture capture) implements Sources {}

  /** A time, from a recording or a log. */
  record Time(String name, Timeline timeline, List<StoryPhase> phases) implements Sources {
    public Time {
      phases = List.copyOf(phases);
    }
  }

  static Sources open(String operand, Arguments arguments, Console console)
      throws UsageException, IOException, CaptureException, CaptureFileException {
    boolean isPid = !operand.isEmpty() && operand.chars().allMatch(Character::isDigit);
    Path file = TimelineFiles.file(operand);
    boolean namesAFile = operand.contains("/") || operand.endsWith(".tare") || operand.endsWith(".log")
        || RecordingStory.isRecording(file.toString());
    if (namesAFile && !Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (isPid || !Files.exists(file)) {
      return new Moment(operand, CaptureChoice.take(ProcessChoice.pid(operand, arguments), arguments, console));
    }
    String name = String.valueOf(file.getFileName());
    return isZip(file)
        ? new Moment(name, CaptureReader.open(file))
        : TimelineFiles.open(name, operand);
  }

  /** The operand as one side of a comparison. */
  default Snapshot weighing() {
    return switch (this) {
      case Moment moment -> Snapshots.of(moment.name(), moment.capture());
      case Time time -> Snapshots.of(time.name(), time.timeline());
    };
  }

  /** Its phases, where marks tell some. */
  default List<StoryPhase> inPhases() {
    return this instanceof Time time ? time.phases() : List.of();
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && start[0] == 'P' && start[1] == 'K';
    }
  }
}
