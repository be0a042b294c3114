package io.tare.history.recording;

import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Weighing;
import java.util.List;
import java.util.Optional;

/** What a recording holds of one process. */
public record RecordedTrack(RecordedProcess process, SampleTable samples, List<Weighing> weighings, List<Mark> marks,
    Optional<Ending> ending) {
  public RecordedTrack {
    weighings = List.copyOf(weighings);
    marks = List.copyOf(marks);
  }
}
