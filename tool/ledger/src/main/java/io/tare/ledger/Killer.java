package io.tare.ledger;

import io.tare.model.report.Scales;
import java.util.Optional;

/** Which number will kill this process, in a sentence. */
final class Killer {
  private Killer() {}

  static String sentence(long rss, Optional<Scales.Group> group, Evidence evidence) {
    if (group.isEmpty()) {
      return "No memory group could be read: whether a limit stands over this process can't be told.";
    }
    Scales.Group g = group.get();
    if (g.limitBytes().isEmpty()) {
      Long total = evidence.kernel().meminfo().get("MemTotal");
      String machine = total == null ? "the machine's memory" : "the machine's " + Words.bytes(total);
      return "No limit is set on its group: only " + machine + " bounds it, and there RSS (" + Words.bytes(rss)
          + ") plus swap ranks the victims.";
    }
    String limit = "The group's charge counts, against a limit of " + Words.bytes(g.limitBytes().getAsLong());
    if (g.headroomBytes().isEmpty()) {
      return limit + "; the headroom can't be told.";
    }
    return limit + ": before the kernel kills, " + Words.bytes(Math.max(0, g.headroomBytes().getAsLong()))
        + " more that can't be reclaimed may be charged.";
  }
}
