package io.tare.history.live;

import io.tare.model.history.Mark;
import java.util.List;

/** Where marks come from besides the target's own page: a side file, a log, the output of a command. */
public interface MarkSource {
  /** Those that were not told before. */
  List<Mark> news();
}
