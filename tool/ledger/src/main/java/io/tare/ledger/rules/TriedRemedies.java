package io.tare.ledger.rules;

import io.tare.model.report.Remedy;
import io.tare.model.report.Remedy.Tried;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/**
 * How far what each remedy says came true where it was applied: {@code bench/remedies/run} with 96 MB, made when the formulas stood as they
 * are. Runs that a formula was settled on, and those that were done again because of what came out, count for nothing here. The single
 * runs are in {@code docs/remedies.md}.
 */
@NullMarked
final class TriedRemedies {
  /** Id, applied cases, those within four fifths and five fourths of what was said, the least and the most share that came back. */
  private static final String TABLE = """
      go.free 5 4 1.03 1.67
      go.limit 5 4 0.99 3.71
      heap.collect 2 1 1.09 1.38
      heap.minimum 8 8 0.86 1.04
      heap.periodic 5 4 0.02 1.13
      heap.pretouch 10 10 0.97 1.20
      malloc.trim 5 4 0.50 1.00
      malloc.trim-call 1 1 0.92 0.92
      malloc.trim-interval 5 5 0.96 1.02
      """;

  private static final Map<String, Tried> BY_ID = TABLE.lines().map(line -> line.split(" ", -1))
      .collect(Collectors.toUnmodifiableMap(words -> words[0], words -> new Tried(Integer.parseInt(words[1]),
          Integer.parseInt(words[2]), Double.parseDouble(words[3]), Double.parseDouble(words[4]))));

  private TriedRemedies() {}

  static Remedy told(Remedy remedy) {
    return Optional.ofNullable(BY_ID.get(remedy.id())).map(remedy::with).orElse(remedy);
  }
}
