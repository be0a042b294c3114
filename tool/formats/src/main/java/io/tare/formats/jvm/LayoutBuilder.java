package io.tare.formats.jvm;

import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.Numbers;
import io.tare.model.AddressRange;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmThread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A layout as it grows. What cannot be true becomes a problem at the line that is being read. */
final class LayoutBuilder {
  private static final AddressRange NOWHERE = new AddressRange(-1, -1);

  private final String source;
  private final int most;
  private final ProblemList problems;
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<JvmRegion> regions = new ArrayList<>();
  private final List<HeapPart> parts = new ArrayList<>();
  private final List<JvmThread> threads = new ArrayList<>();
  private String where = "";

  LayoutBuilder(String source, String artifact, ParseLimits limits) {
    this.source = source;
    this.most = limits.items();
    this.problems = new ProblemList(artifact, limits);
  }

  /** Names the place of what follows. */
  void at(String place) {
    where = place;
  }

  void problem(String message) {
    problems.add(where, message);
  }

  void fact(String key, String value) {
    if (!value.isEmpty() && facts.size() < most) {
      facts.put(key, value);
    }
  }

  void fact(String key, OptionalLong value) {
    if (value.isPresent()) {
      fact(key, Long.toString(value.getAsLong()));
    }
  }

  boolean has(String key) {
    return facts.containsKey(key);
  }

  OptionalLong number(String key) {
    return Numbers.decimal(facts.getOrDefault(key, ""));
  }

  void region(JvmRegion.Purpose purpose, String name, long start, long end) {
    if (Long.compareUnsigned(start, end) > 0) {
      problem("range " + Long.toHexString(start) + "-" + Long.toHexString(end) + " ends before it starts");
    } else if (start != end && hasRoom(regions)) {
      regions.add(new JvmRegion(purpose, name, new AddressRange(start, end)));
    }
  }

  /** Whether a region of that purpose holds the whole range. */
  boolean isWithin(JvmRegion.Purpose purpose, long start, long end) {
    AddressRange sought = Long.compareUnsigned(start, end) <= 0 ? new AddressRange(start, end) : NOWHERE;
    return regions.stream().anyMatch(region -> region.purpose() == purpose && region.range().contains(sought));
  }

  void part(String role, long bottom, long top, long end) {
    if (Long.compareUnsigned(bottom, top) > 0 || Long.compareUnsigned(top, end) > 0) {
      problem("part of the heap out of order: " + Long.toHexString(bottom) + ", " + Long.toHexString(top) + ", "
          + Long.toHexString(end));
    } else if (bottom != end && hasRoom(parts)) {
      parts.add(new HeapPart(role, bottom, top, end));
    }
  }

  void thread(JvmThread thread) {
    if (hasRoom(threads)) {
      threads.add(thread);
    }
  }

  private boolean hasRoom(List<?> list) {
    if (list.size() == most) {
      problem("more than " + most + " items: the rest is left out");
    }
    return list.size() < most;
  }

  Parsed<JvmLayout> build() {
    return new Parsed<>(new JvmLayout(source, facts, regions, parts, threads), problems.toList());
  }
}
