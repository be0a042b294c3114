package io.tare.app.command;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.history.live.RecordingFiles;
import io.tare.history.log.LogReading;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Timelines;
import io.tare.history.recording.Track;
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

  static Timeline open(String operand) throws IOException {
    return RecordingStory.isRecording(file(operand).toString()) ? recorded(operand) : logged(Path.of(operand));
  }

  private static Timeline recorded(String operand) throws IOException {
    Path file = file(operand);
    List<Track> tracks;
    try {
      Recording recording = RecordingFiles.open(file);
      tracks = recording.tracks();
    } catch (NotThisFormat foreign) {
      throw new IOException(file + ": " + foreign.getMessage(), foreign);
    }
    Matcher parts = ONE_OF_MANY.matcher(operand);
    List<Track> wanted = parts.matches()
        ? tracks.stream().filter(track -> track.process().pid() == Long.parseLong(parts.group(2))).toList()
        : tracks;
    if (wanted.size() != 1) {
      String pids = tracks.stream().map(track -> String.valueOf(track.process().pid()))
          .collect(Collectors.joining(", "));
      throw new IOException(tracks.isEmpty()
          ? file + " holds no process"
          : file + " holds the processes " + pids + ": name one of them, as in " + file + "@" + tracks.getFirst()
              .process().pid());
    }
    return Timelines.of(wanted.getFirst());
  }

  private static Timeline logged(Path file) throws IOException {
    LogReading reading = new LogReading(ParseLimits.DEFAULT);
    LogFiles.read(List.of(file.toString()), reading);
    return reading.timeline().orElseThrow(
        () -> new IOException(file + " is no capture, and as a log it has nothing that can be put in order of time"));
  }
}
