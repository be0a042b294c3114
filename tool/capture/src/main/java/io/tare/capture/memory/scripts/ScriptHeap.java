package io.tare.capture.memory.scripts;

import io.tare.capture.memory.ProcessMemory;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.alloc.RuntimeFacts.NamedRange;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was found of a heap, by the names of its parts: {@code chunks.committed}, {@code .used}, {@code .idle.resident}, {@code
 * .heads.resident}; ranges of those names. Of a part without {@code used} nothing is known of what is in use.
 */
public final class ScriptHeap {
  private final List<NamedRange> ranges = new ArrayList<>();
  private final Map<String, Part> parts = new TreeMap<>();
  private final Map<String, String> unknown = new TreeMap<>();

  /** Bytes of one part. */
  private record Part(long committed, long used, long idle, long heads) {
    Part plus(Part other) {
      return new Part(committed + other.committed, used + other.used, idle + other.idle, heads + other.heads);
    }
  }

  ScriptHeap() {}

  /** Whether a runtime of this kind is read here. */
  public static boolean isOf(RuntimeKind kind) {
    return kind == RuntimeKind.PHP || kind == RuntimeKind.RUBY || kind == RuntimeKind.BEAM;
  }

  public static Parsed<RuntimeFacts> read(RuntimeKind kind, ProcessMemory memory, Smaps smaps) {
    ScriptHeap heap = switch (kind) {
      case PHP -> PhpHeap.read(memory, smaps);
      case RUBY -> RubyHeap.read(memory, smaps);
      default -> ErlangHeap.read(memory, smaps);
    };
    return heap.facts(kind, memory);
  }

  private Parsed<RuntimeFacts> facts(RuntimeKind kind, ProcessMemory memory) {
    if (ranges.isEmpty()) {
      return new Parsed<>(new RuntimeFacts(Map.of(), ranges), List.of(problem("no heap of " + kind.words()
          + " was found")));
    }
    if (memory.budgetExceeded()) {
      return new Parsed<>(new RuntimeFacts(Map.of(), ranges), List.of(problem("reading was given up after "
          + memory.ranOut() + ": what of the heap is in use is not known")));
    }
    Map<String, String> facts = new TreeMap<>();
    parts.forEach((name, part) -> {
      facts.put(name + ".committed", "" + part.committed());
      if (!unknown.containsKey(name)) {
        facts.put(name + ".used", "" + part.used());
        facts.put(name + ".idle.resident", "" + part.idle());
        facts.put(name + ".heads.resident", "" + part.heads());
      }
    });
    return new Parsed<>(new RuntimeFacts(facts, ranges),
        new TreeSet<>(unknown.values()).stream().map(ScriptHeap::problem).toList());
  }

  private static Problem problem(String message) {
    return new Problem(ArtifactNames.SCRIPT_HEAP, "", message);
  }

  /** Memory of one part; resident of it and neither in use nor a head is idle. */
  void add(String name, List<AddressRange> memory, long resident, long used, long heads) {
    memory.forEach(range -> ranges.add(new NamedRange(name, range)));
    long committed = memory.stream().mapToLong(AddressRange::bytes).sum();
    long headsResident = Math.min(heads, resident);
    parts.merge(name, new Part(committed, used, Math.max(0, resident - headsResident - used), headsResident),
        Part::plus);
  }

  /** Memory of a part of which it can't be told what is in use, which makes the whole part so. */
  void addUnknown(String name, AddressRange range, String why) {
    add(name, List.of(range), 0, 0, 0);
    unknown.put(name, why);
  }

  /** The mappings in which a heap may lie. */
  static List<Mapping> anonymous(Smaps smaps) {
    return smaps.mappings().stream()
        .filter(mapping -> mapping.isAnonymous() && !mapping.isSharedMapping()).toList();
  }

  static long resident(ProcessMemory memory, AddressRange range) {
    return memory.presentRuns(range).stream().mapToLong(AddressRange::bytes).sum();
  }
}
