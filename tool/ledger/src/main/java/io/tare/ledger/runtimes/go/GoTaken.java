package io.tare.ledger.runtimes.go;

import io.tare.formats.ParseLimits;
import io.tare.formats.memory.RuntimeFactsText;
import io.tare.ledger.evidence.ArtifactReader;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/** What a Go runtime took for its own tables, resident or not: GOMEMLIMIT counts all of it. */
@NullMarked
public final class GoTaken {
  private static final List<String> TABLES = List.of("sys.mspan", "sys.mcache", "sys.buckhash", "sys.gc", "sys.other");

  private GoTaken() {}

  /** Empty unless the runtime's own counters were found, and add up. */
  public static OptionalLong tables(Capture capture) {
    return new ArtifactReader(capture)
        .text(ArtifactNames.GO, (a, c) -> RuntimeFactsText.parse(a, c, ParseLimits.DEFAULT))
        .filter(go -> TABLES.stream().allMatch(table -> go.number(table).isPresent()))
        .map(go -> OptionalLong.of(tables(go))).orElse(OptionalLong.empty());
  }

  static long tables(RuntimeFacts go) {
    return TABLES.stream().mapToLong(table -> go.number(table).orElse(0)).sum();
  }
}
