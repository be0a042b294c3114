package io.tare.history.recording;

import io.tare.model.Problem;
import java.util.List;

/**
 * A recording, read whole.
 *
 * @param runs the recorders that wrote it: when each began, and when it ended if it did so in an orderly way
 * @param problems what of the file could not be read
 */
public record Recording(List<RecordedTrack> tracks, List<Run> runs, List<Entry.Noted> notes, List<Problem> problems) {
  public Recording {
    tracks = List.copyOf(tracks);
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
    problems = List.copyOf(problems);
  }

  /**
   * One recorder's part.
   *
   * @param isClosed false when it is still running, or was killed
   */
  public record Run(Entry.Opened opened, boolean isClosed, long wallMillis, long processorMillis) {}
}
