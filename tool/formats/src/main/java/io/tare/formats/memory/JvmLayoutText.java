package io.tare.formats.memory;

import static io.tare.formats.memory.FactLines.hex;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A JVM's layout as one source tells it:
 *
 * <pre>
 * jvm source=structure%20tables
 * fact key=collector value=G1
 * region purpose=CODE name=profiled start=7f00 end=7f10
 * part role=old bottom=8000 top=8800 end=9000
 * thread tid=4711 name=main java=true start=7f00 end=7f10
 * </pre>
 */
public final class JvmLayoutText {
  private static final String HEADER = "jvm";

  private JvmLayoutText() {}

  public static String write(Parsed<JvmLayout> parsed) {
    JvmLayout layout = parsed.value();
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of(HEADER, "source", layout.source()));
    new TreeMap<>(layout.facts()).forEach((key, value) -> facts.add(Fact.of("fact", "key", key, "value", value)));
    for (JvmRegion region : layout.regions()) {
      facts.add(
          Fact.of("region", "purpose", region.purpose(), "name", region.name(), "start", hex(region.range().start()),
              "end", hex(region.range().end())));
    }
    for (HeapPart part : layout.heapParts()) {
      facts.add(Fact.of("part", "role", part.role(), "bottom", hex(part.bottom()), "top", hex(part.top()), "end",
          hex(part.end())));
    }
    for (JvmThread thread : layout.threads()) {
      facts.add(Fact.of("thread", "tid", thread.tid(), "name", thread.name(), "java", thread.java(), "start",
          hex(thread.stack().start()), "end", hex(thread.stack().end())));
    }
    return FactLines.text(facts, parsed.problems());
  }

  public static Parsed<JvmLayout> parse(String artifact, String text, ParseLimits limits) throws NotThisFormat {
    FactLines lines = FactLines.of(artifact, HEADER, text, limits);
    Map<String, String> facts = new TreeMap<>();
    lines.withWord("fact").forEach(f -> facts.put(f.text("key").orElse(""), f.text("value").orElse("")));
    List<JvmRegion> regions = new ArrayList<>();
    for (Fact fact : lines.withWord("region")) {
      purpose(fact, lines).ifPresent(purpose -> lines.range(fact)
          .ifPresent(range -> regions.add(new JvmRegion(purpose, fact.text("name").orElse(""), range))));
    }
    List<HeapPart> parts = new ArrayList<>();
    lines.withWord("part").forEach(fact -> part(fact, lines).ifPresent(parts::add));
    List<JvmThread> threads = new ArrayList<>();
    for (Fact fact : lines.withWord("thread")) {
      boolean java = fact.text("java").filter("true"::equals).isPresent();
      lines.range(fact).ifPresent(stack -> threads.add(
          new JvmThread(fact.number("tid").orElse(0), fact.text("name").orElse(""), stack, java)));
    }
    String source = lines.header().text("source").orElse("unknown source");
    return new Parsed<>(new JvmLayout(source, facts, regions, parts, threads), lines.problems());
  }

  private static Optional<JvmRegion.Purpose> purpose(Fact fact, FactLines lines) {
    String name = fact.text("purpose").orElse("");
    Optional<JvmRegion.Purpose> purpose = Arrays.stream(JvmRegion.Purpose.values()).filter(p -> p.name().equals(name))
        .findFirst();
    if (purpose.isEmpty()) {
      lines.problem(fact, "no purpose is called '" + name + "'");
    }
    return purpose;
  }

  private static Optional<HeapPart> part(Fact fact, FactLines lines) {
    OptionalLong bottom = fact.address("bottom");
    OptionalLong top = fact.address("top");
    OptionalLong end = fact.address("end");
    if (bottom.isEmpty() || top.isEmpty() || end.isEmpty()
        || Long.compareUnsigned(bottom.getAsLong(), top.getAsLong()) > 0
        || Long.compareUnsigned(top.getAsLong(), end.getAsLong()) > 0) {
      lines.problem(fact, "expected 'bottom=<address> top=<later> end=<later>'");
      return Optional.empty();
    }
    return Optional
        .of(new HeapPart(fact.text("role").orElse(""), bottom.getAsLong(), top.getAsLong(), end.getAsLong()));
  }
}
