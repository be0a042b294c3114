package io.tare.ledger.rules;

import io.tare.model.report.Remedy;
import io.tare.model.report.Remedy.Tried;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/**
 * How far what each remedy says came true where it was applied: {@code bench/remedies/run}, made when the formulas stood as they
 * are. Runs that a formula was settled on, and those that were done again because of what came out, count for nothing here. The single
 * runs are in {@code docs/remedies.md}.
 */
@NullMarked
final class TriedRemedies {
  /** Id, applied cases, those within four fifths and five fourths of what was said, the least and the most share that came back. */
  private static final String TABLE = """
      go.free 33 33 0.99 1.20
      go.limit 2 2 0.95 0.99
      heap.collect 2 2 1.08 1.08
      heap.minimum 8 7 0.77 1.03
      heap.periodic 5 5 1.01 1.13
      heap.pretouch 9 9 0.99 1.12
      malloc.trim 9 9 1.00 1.00
      malloc.trim-call 9 9 0.94 1.00
      malloc.trim-interval 9 9 0.99 1.01
      python.process 5 5 0.99 1.00
      """;

  private static final Map<String, Tried> BY_ID = TABLE.lines().map(line -> line.split(" ", -1))
      .collect(Collectors.toUnmodifiableMap(words -> words[0], words -> new Tried(Integer.parseInt(words[1]),
          Integer.parseInt(words[2]), Double.parseDouble(words[3]), Double.parseDouble(words[4]))));

  private TriedRemedies() {}

  static Remedy told(Remedy remedy) {
    return Optional.ofNullable(BY_ID.get(remedy.id())).map(remedy::with).orElse(remedy);
  }
}
