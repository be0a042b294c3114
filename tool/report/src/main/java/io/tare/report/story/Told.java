package io.tare.report.story;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Story;
import io.tare.model.history.Timeline;
import io.tare.model.history.Weighing;
import java.util.List;

/** All that is known of one recorded process: its story, whether it leaks, its readings, its ledgers. */
public record Told(Story story, LeakVerdict verdict, Timeline timeline, List<Weighing> ledgers) {
  public Told {
    ledgers = List.copyOf(ledgers);
  }
}
