package io.tare.capture.memory.hotspot;

import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.model.AddressRange;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.jvm.JvmThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** What the walks found so far. Values that make no range are refused, and noted as problems. */
final class Layout {
  static final String SOURCE = "structure tables";
  private static final Comparator<JvmRegion> BY_ADDRESS = Comparator.comparing(JvmRegion::range)
      .thenComparing(JvmRegion::purpose).thenComparing(JvmRegion::name);

  private final ProblemList problems = new ProblemList(ArtifactNames.HOTSPOT, ParseLimits.DEFAULT);
  private final Map<String, String> facts = new TreeMap<>();
  private final Set<JvmRegion> regions = new LinkedHashSet<>();
  private final List<HeapPart> parts = new ArrayList<>();
  private final List<JvmThread> threads = new ArrayList<>();

  void fact(String key, String value) {
    facts.put(key, value);
  }

  void fact(String key, long value) {
    facts.put(key, Long.toString(value));
  }

  Optional<String> fact(String key) {
    return Optional.ofNullable(facts.get(key));
  }

  /** A fact that is a decimal number. */
  OptionalLong number(String key) {
    try {
      return OptionalLong.of(Long.parseLong(facts.getOrDefault(key, "")));
    } catch (NumberFormatException noNumber) {
      return OptionalLong.empty();
    }
  }

  /** Adds the range when it is one: not empty, in the lower half of the address space, not zero. */
  void region(Purpose purpose, String name, long start, long end) {
    if (start <= 0 || end <= start) {
      if (start != end) {
        problem(name, "no range: " + Long.toHexString(start) + "-" + Long.toHexString(end));
      }
      return;
    }
    regions.add(new JvmRegion(purpose, name, new AddressRange(start, end)));
  }

  void part(String role, long bottom, long top, long end) {
    if (bottom <= 0 || top < bottom || end < top) {
      problem("heap", role + " out of order: " + Long.toHexString(bottom) + ", " + Long.toHexString(top) + ", "
          + Long.toHexString(end));
    } else if (end > bottom) {
      parts.add(new HeapPart(role, bottom, top, end));
    }
  }

  void thread(JvmThread thread) {
    threads.add(thread);
  }

  List<JvmRegion> regions() {
    return List.copyOf(regions);
  }

  List<JvmRegion> regions(Purpose purpose) {
    return regions.stream().filter(region -> region.purpose() == purpose).toList();
  }

  List<JvmThread> threads() {
    return List.copyOf(threads);
  }

  List<HeapPart> parts() {
    return List.copyOf(parts);
  }

  void problem(String where, Unreadable unreadable) {
    problems.add(where, String.valueOf(unreadable.getMessage()));
  }

  void problem(String where, String message) {
    problems.add(where, message);
  }

  Parsed<JvmLayout> toParsed() {
    List<JvmRegion> sorted = regions.stream().sorted(BY_ADDRESS).toList();
    List<HeapPart> sortedParts = parts.stream()
        .sorted((a, b) -> Long.compareUnsigned(a.bottom(), b.bottom())).toList();
    return new Parsed<>(new JvmLayout(SOURCE, facts, sorted, sortedParts, threads), problems.toList());
  }
}
