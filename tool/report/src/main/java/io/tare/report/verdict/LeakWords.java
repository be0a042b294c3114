package io.tare.report.verdict;

import io.tare.model.history.LeakVerdict.Grower;
import io.tare.report.look.Count;
import io.tare.report.look.Units;

/** What a verdict says alike in a terminal and on a page. */
final class LeakWords {
  private LeakWords() {}

  /** {@code app.Order: from 3.10 MB to 15.4 MB, 12,300 to 61,500 objects, in 6 counts}. */
  static String grower(Grower grower, Units units) {
    String objects = Count.grouped(grower.firstObjects()) + " to " + Count.grouped(grower.lastObjects());
    String what = grower.lastBytes() == 0
        ? objects
        : units.format(grower.firstBytes()) + " to " + units.format(grower.lastBytes()) + ", " + objects + " objects";
    return grower.name() + ": " + what + ", over " + grower.counts() + " counts";
  }
}
