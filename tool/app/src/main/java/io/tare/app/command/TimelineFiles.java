package io.tare.app.command;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.history.compare.PhaseDifferences;
import io.tare.history.live.RecordingFiles;
import io.tare.history.log.LogReading;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.Timelines;
import io.tare.model.history.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files that show a process over time: recordings and logs. */
final class TimelineFiles {
  /** {@code x.tarerec@4711}: one of several processes of a recording. */
  private static final Pattern ONE_OF_MANY = Pattern.compile("(.*\\.tarerec)@(\\d{1,9})");

  private TimelineFiles() {}

  /** The file that an operand names, without the process. */
  static Path file(String operand) {
    Matcher parts = ONE_OF_MANY.matcher(operand);
    return Path.of(parts.matches() ? parts.group(1) : operand);
  }

  static Sources.Time open(String name, String operand) throws IOException {
    if (!RecordingStory.isRecording(file(operand).toString())) {
      return new Sources.Time(name, logged(Path.of(operand)), List.of());
    }
    RecordedTrack track = recorded(operand);
    return new Sources.Time(name, Timelines.of(track), PhaseDifferences.phases(track));
  }

  private static RecordedTrack recorded(String operand) throws IOException {
    Path file = file(operand);
    Matcher parts = ONE_OF_MANY.matcher(operand);
    try {
      List<RecordedTrack> wanted = (parts.matches()
          ? RecordingFiles.open(file, Long.parseLong(parts.group(2)))
          : RecordingFiles.open(file)).tracks();
      if (wanted.size() == 1) {
        return wanted.getFirst();
      }
      throw unclear(file, parts.matches() ? RecordingFiles.open(file).tracks() : wanted);
    } catch (NotThisFormat foreign) {
      throw new IOException(file + ": " + foreign.getMessage(), foreign);
    }
  }

  private static IOException unclear(Path file, List<RecordedTrack> tracks) {
    String pids = tracks.stream().map(track -> String.valueOf(track.process().pid()))
        .collect(Collectors.joining(", "));
    return new IOException(tracks.isEmpty()
        ? file + " holds no process"
        : file + " holds the processes " + pids + ": name one of them, as in " + file + "@"
            + tracks.getFirst().process().pid());
  }

  private static Timeline logged(Path file) throws IOException {
    LogReading reading = new LogReading(ParseLimits.DEFAULT);
    LogFiles.read(List.of(file.toString()), reading);
    return reading.timeline().orElseThrow(
        () -> new IOException(file + " is no capture, and as a log it has nothing that can be put in order of time"));
  }
}
