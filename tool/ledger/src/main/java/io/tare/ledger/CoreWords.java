package io.tare.ledger;

import io.tare.formats.ParseLimits;
import io.tare.formats.facts.Fact;
import io.tare.ledger.evidence.ArtifactReader;
import io.tare.ledger.words.Words;
import io.tare.model.capture.ArtifactNames;
import java.util.ArrayList;
import java.util.List;

/** What has to be said of a ledger that was made of a core file, in sentences; nothing of others. */
final class CoreWords {
  /** What a debugger stops a process with, to write the file of a living one. */
  private static final long STOP = 19;
  private static final long TRAP = 5;

  private CoreWords() {}

  static List<String> of(ArtifactReader reader) {
    List<String> notes = new ArrayList<>();
    List<Fact> facts = reader.text(ArtifactNames.CORE, (a, c) -> Fact.parseAll(a, c, ParseLimits.DEFAULT))
        .orElse(List.of());
    for (Fact fact : facts) {
      long missing = fact.number("missing").orElse(0);
      notes.add("this is of what the core file holds: " + Words.bytes(fact.number("held").orElse(0))
          + " on pages with anything but zeros, of "
          + Words.bytes(fact.number("mapped").orElse(0))
          + " mapped. What of it was in memory and what was swapped out it does not tell, and of"
          + " mapped files it has what it was told to write down");
      if (missing > 0) {
        notes.add("the core file was cut off: its last " + Words.bytes(missing)
            + " are missing, and with them what they held");
      }
      long signal = fact.number("signal").orElse(0);
      if (signal != 0 && signal != STOP && signal != TRAP) {
        notes.add("the process was ended by signal " + signal);
      }
    }
    return notes;
  }
}
