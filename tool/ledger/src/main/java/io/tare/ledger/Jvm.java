package io.tare.ledger;

import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.NmtReport;
import io.tare.model.jvm.PerfData;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What all sources say of a JVM together. Facts are taken from the first source that has them, so the order of the layouts is
 * the order of trust.
 *
 * @param histogramBytes objects found by a heap walk, live and dead alike, when one was asked for
 * @param liveAfterGc heap used right after a full collection, when one was asked for
 */
public record Jvm(
    List<JvmLayout> layouts,
    Optional<PerfData> perf,
    Optional<NmtReport> nmt,
    OptionalLong histogramBytes,
    OptionalLong liveAfterGc) {
  public static final Jvm NONE = new Jvm(List.of(), Optional.empty(), Optional.empty(), OptionalLong.empty(),
      OptionalLong.empty());

  public Jvm {
    layouts = List.copyOf(layouts);
  }

  public Optional<String> fact(String key) {
    return layouts.stream().flatMap(layout -> layout.fact(key).stream()).findFirst();
  }

  public OptionalLong number(String key) {
    return layouts.stream().map(layout -> layout.number(key)).filter(OptionalLong::isPresent).findFirst()
        .orElse(OptionalLong.empty());
  }

  public OptionalLong perfNumber(String name) {
    return perf.map(p -> p.number(name)).orElse(OptionalLong.empty());
  }

  public Optional<String> perfString(String name) {
    return perf.flatMap(p -> p.string(name));
  }
}
