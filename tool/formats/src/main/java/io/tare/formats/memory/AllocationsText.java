package io.tare.formats.memory;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.facts.Fact;
import io.tare.model.profile.Allocations;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who allocated what:
 *
 * <pre>
 * allocations
 * type name=inuse_space unit=bytes
 * frame n=0 function=main.load file=/src/main.go line=17
 * stack frames=0 values=1048576
 * goroutines n=3 state=waiting reason=select function=main.serve start=main.serve creator=main.main runtime=false
 * </pre>
 */
public final class AllocationsText {
  private static final String HEADER = "allocations";

  private AllocationsText() {}

  public static String write(Parsed<Allocations> allocations) {
    List<Fact> facts = new ArrayList<>();
    facts.add(Fact.of(HEADER));
    allocations.value().heap().ifPresent(heap -> write(heap, facts));
    for (GoroutineGroup group : allocations.value().goroutines()) {
      facts.add(Fact.of("goroutines", "n", group.count(), "state", group.state(), "reason", group.reason(), "function",
          group.function(), "start", group.start(), "creator", group.creator(), "runtime", group.isRuntimes()));
    }
    return FactLines.text(facts, allocations.problems());
  }

  private static void write(Profile heap, List<Fact> facts) {
    heap.types().forEach(type -> facts.add(Fact.of("type", "name", type.name(), "unit", type.unit())));
    Map<Frame, Integer> numbers = new LinkedHashMap<>();
    for (Sample sample : heap.samples()) {
      for (Frame frame : sample.frames()) {
        if (numbers.putIfAbsent(frame, numbers.size()) == null) {
          facts.add(Fact.of("frame", "n", numbers.size() - 1, "function", frame.function(), "file", frame.file(),
              "line", frame.line()));
        }
      }
      facts.add(Fact.of("stack", "frames",
          joined(sample.frames().stream().map(frame -> numbers.getOrDefault(frame, 0)).toList()), "values",
          joined(sample.values())));
    }
  }

  private static String joined(List<?> numbers) {
    return String.join(",", numbers.stream().map(String::valueOf).toList());
  }

  public static Parsed<Allocations> parse(String artifact, String text, ParseLimits limits) throws NotThisFormat {
    FactLines lines = FactLines.of(artifact, HEADER, text, limits);
    List<ValueType> types = lines.withWord("type").stream()
        .map(fact -> new ValueType(fact.text("name").orElse(""), fact.text("unit").orElse(""))).toList();
    List<Frame> frames = lines.withWord("frame").stream().map(fact -> new Frame(fact.text("function").orElse(""),
        fact.text("file").orElse(""), fact.number("line").orElse(0))).toList();
    List<Sample> samples = new ArrayList<>();
    for (Fact fact : lines.withWord("stack")) {
      Optional<List<Long>> stack = numbers(fact.text("frames").orElse(""));
      Optional<List<Long>> values = numbers(fact.text("values").orElse(""));
      if (stack.isPresent() && values.isPresent() && values.get().size() == types.size()
          && stack.get().stream().allMatch(number -> number >= 0 && number < frames.size())) {
        samples.add(new Sample(stack.get().stream().map(number -> frames.get(number.intValue())).toList(),
            values.get()));
      } else {
        lines.problem(fact, "expected numbers of frames above, and a value a type");
      }
    }
    List<GoroutineGroup> groups = lines.withWord("goroutines").stream().map(AllocationsText::group).toList();
    return new Parsed<>(
        new Allocations(types.isEmpty() ? Optional.empty() : Optional.of(new Profile(types, samples)), groups),
        lines.problems());
  }

  private static GoroutineGroup group(Fact fact) {
    return new GoroutineGroup(fact.number("n").orElse(0), fact.text("state").orElse(""),
        fact.text("reason").orElse(""), fact.text("function").orElse(""), fact.text("start").orElse(""),
        fact.text("creator").orElse(""), fact.text("runtime").orElse("").equals("true"));
  }

  private static Optional<List<Long>> numbers(String text) {
    try {
      return Optional.of(text.isEmpty() ? List.of() : Arrays.stream(text.split(",", -1)).map(Long::parseLong).toList());
    } catch (NumberFormatException notNumbers) {
      return Optional.empty();
    }
  }
}
