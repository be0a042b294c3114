package io.tare.app.command;

import io.tare.formats.ParseLimits;
import io.tare.history.log.LogReading;
import io.tare.model.history.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files that show a process over time. */
final class TimelineFiles {
  private TimelineFiles() {}

  static Timeline open(Path file) throws IOException {
    LogReading reading = new LogReading(ParseLimits.DEFAULT);
    LogFiles.read(List.of(file.toString()), reading);
    return reading.timeline().orElseThrow(
        () -> new IOException(file + " is no capture, and as a log it has nothing that can be put in order of time"));
  }
}
