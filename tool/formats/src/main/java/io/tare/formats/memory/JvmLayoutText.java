package io.tare.formats.memory;

import static io.tare.formats.memory.FactLines.hex;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A JVM's layout as lines:
 *
 * <pre>
 * jvm-layout source=structure%20tables
 * fact key=collector value=G1
 * region purpose=CODE name=profiled%20nmethods start=7f822d400000 end=7f8234938000
 * part role=eden bottom=f3800000 top=f3812340 end=f3900000
 * thread tid=4711 name=main java=true start=7f00a000 end=7f10a000
 * </pre>
 */
public final class JvmLayoutText {
  private static final String HEADER = "jvm-layout";

  private JvmLayoutText() {}

  public static String write(Parsed<JvmLayout> layout) {
    JvmLayout value = layout.value();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of(HEADER, "source", value.source()));
    value.facts().entrySet().stream().sorted(Map.Entry.comparingByKey())
        .forEach(fact -> facts.add(Fact.of("fact", "key", fact.getKey(), "value", fact.getValue())));
    value.regions().forEach(region -> facts.add(Fact.of("region", "purpose", region.purpose(), "name", region.name(),
        "start", hex(region.range().start()), "end", hex(region.range().end()))));
    value.heapParts()
        .forEach(part -> facts.add(Fact.of("part", "role", part.role(), "bottom", hex(part.bottom()), "top",
            hex(part.top()), "end", hex(part.end()))));
    value.threads().forEach(thread -> facts.add(Fact.of("thread", "tid", thread.tid(), "name", thread.name(), "java",
        thread.java(), "start", hex(thread.stack().start()), "end", hex(thread.stack().end()))));
    return FactLines.text(facts, layout.problems());
  }

  public static Parsed<JvmLayout> parse(String text, ParseLimits limits) throws NotThisFormat {
    FactLines lines = FactLines.of(ArtifactNames.HOTSPOT, HEADER, text, limits);
    Map<String, String> facts = new HashMap<>();
    for (Fact fact : lines.withWord("fact")) {
      fact.text("key").ifPresent(key -> facts.put(key, fact.text("value").orElse("")));
    }
    JvmLayout layout = new JvmLayout(lines.header().text("source").orElse(""), facts, regions(lines), parts(lines),
        threads(lines));
    return new Parsed<>(layout, lines.problems());
  }

  private static List<JvmRegion> regions(FactLines lines) {
    List<JvmRegion> regions = new ArrayList<>();
    for (Fact fact : lines.withWord("region")) {
      Optional<JvmRegion.Purpose> purpose = purpose(fact.text("purpose").orElse(""));
      if (purpose.isEmpty()) {
        lines.problem(fact, "unknown purpose");
      } else {
        lines.range(fact).ifPresent(
            range -> regions.add(new JvmRegion(purpose.get(), fact.text("name").orElse(""), range)));
      }
    }
    return regions;
  }

  private static Optional<JvmRegion.Purpose> purpose(String name) {
    for (JvmRegion.Purpose purpose : JvmRegion.Purpose.values()) {
      if (purpose.name().equals(name)) {
        return Optional.of(purpose);
      }
    }
    return Optional.empty();
  }

  private static List<HeapPart> parts(FactLines lines) {
    List<HeapPart> parts = new ArrayList<>();
    for (Fact fact : lines.withWord("part")) {
      OptionalLong bottom = fact.address("bottom");
      OptionalLong top = fact.address("top");
      OptionalLong end = fact.address("end");
      if (bottom.isEmpty() || top.isEmpty() || end.isEmpty()
          || Long.compareUnsigned(bottom.getAsLong(), top.getAsLong()) > 0
          || Long.compareUnsigned(top.getAsLong(), end.getAsLong()) > 0) {
        lines.problem(fact, "expected 'bottom=<address> top=<not before it> end=<not before that>'");
      } else {
        parts.add(
            new HeapPart(fact.text("role").orElse(""), bottom.getAsLong(), top.getAsLong(), end.getAsLong()));
      }
    }
    return parts;
  }

  private static List<JvmThread> threads(FactLines lines) {
    List<JvmThread> threads = new ArrayList<>();
    for (Fact fact : lines.withWord("thread")) {
      boolean java = fact.text("java").filter("true"::equals).isPresent();
      lines.range(fact).ifPresent(stack -> threads
          .add(new JvmThread(fact.number("tid").orElse(0), fact.text("name").orElse(""), stack, java)));
    }
    return threads;
  }
}
