package io.tare.ledger.rules;

import io.tare.model.report.Remedy;
import io.tare.model.report.Remedy.Tried;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/**
 * How far what each remedy says came true where it was applied. The table is what {@code bench/remedies/run} prints last; the single runs
 * that it stands on are in {@code docs/remedies.md}.
 */
@NullMarked
final class TriedRemedies {
  /** Id, applied cases, those within four fifths and five fourths of what was said, the least and the most share that came back. */
  private static final String TABLE = """
      """;

  private static final Map<String, Tried> BY_ID = TABLE.lines().map(line -> line.split(" ", -1))
      .collect(Collectors.toUnmodifiableMap(words -> words[0], words -> new Tried(Integer.parseInt(words[1]),
          Integer.parseInt(words[2]), Double.parseDouble(words[3]), Double.parseDouble(words[4]))));

  private TriedRemedies() {}

  static Remedy told(Remedy remedy) {
    return Optional.ofNullable(BY_ID.get(remedy.id())).map(remedy::with).orElse(remedy);
  }
}
