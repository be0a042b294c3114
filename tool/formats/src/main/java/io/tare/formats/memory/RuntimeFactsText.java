package io.tare.formats.memory;

import static io.tare.formats.memory.FactLines.hex;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.alloc.RuntimeFacts.NamedRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a runtime says of its memory:
 *
 * <pre>
 * runtime
 * fact key=heap.inuse value=4194304
 * range name=arena start=c000000000 end=c004000000
 * </pre>
 */
public final class RuntimeFactsText {
  private static final String HEADER = "runtime";

  private RuntimeFactsText() {}

  public static String write(Parsed<RuntimeFacts> runtime) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of(HEADER));
    new TreeMap<>(runtime.value().facts())
        .forEach((key, value) -> facts.add(Fact.of("fact", "key", key, "value", value)));
    for (NamedRange named : runtime.value().ranges()) {
      facts.add(Fact.of("range", "name", named.name(), "start", hex(named.range().start()), "end",
          hex(named.range().end())));
    }
    return FactLines.text(facts, runtime.problems());
  }

  /** Parses one of the runtimes' artefacts; its name goes into the problems. */
  public static Parsed<RuntimeFacts> parse(String artifact, String text, ParseLimits limits) throws NotThisFormat {
    FactLines lines = FactLines.of(artifact, HEADER, text, limits);
    Map<String, String> facts = new LinkedHashMap<>();
    for (Fact fact : lines.withWord("fact")) {
      if (fact.text("key").isPresent() && fact.text("value").isPresent()) {
        facts.put(fact.text("key").get(), fact.text("value").get());
      } else {
        lines.problem(fact, "expected 'key=<name> value=<text>'");
      }
    }
    List<NamedRange> ranges = new ArrayList<>();
    for (Fact fact : lines.withWord("range")) {
      lines.range(fact).ifPresent(range -> ranges.add(new NamedRange(fact.text("name").orElse(""), range)));
    }
    return new Parsed<>(new RuntimeFacts(facts, ranges), lines.problems());
  }
}
