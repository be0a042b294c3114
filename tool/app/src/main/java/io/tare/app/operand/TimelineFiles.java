package io.tare.app.operand;

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
import java.util.stream.Collectors;

/** Files that show a process over time: recordings and logs. */
public final class TimelineFiles {
  private TimelineFiles() {}

  public static Sources.Time open(String name, Operand operand) throws IOException {
    if (operand.kind() != Operand.Kind.RECORDING) {
      return new Sources.Time(name, logged(operand.file()), List.of());
    }
    RecordedTrack track = recorded(operand);
    return new Sources.Time(name, Timelines.of(track), PhaseDifferences.phases(track));
  }

  private static RecordedTrack recorded(Operand operand) throws IOException {
    Path file = operand.file();
    try {
      List<RecordedTrack> wanted = (operand.pid().isPresent()
          ? RecordingFiles.open(file, operand.pid().getAsLong())
          : RecordingFiles.open(file)).tracks();
      if (wanted.size() == 1) {
        return wanted.getFirst();
      }
      throw unclear(file, operand.pid().isPresent() ? RecordingFiles.open(file).tracks() : wanted);
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
