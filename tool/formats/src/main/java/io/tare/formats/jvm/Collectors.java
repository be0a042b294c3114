package io.tare.formats.jvm;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The collectors' names, and how to know them by what they print. */
final class Collectors {
  private record Mark(String text, String collector) {}

  private static final List<Mark> HEAP_LINES = List.of(new Mark("garbage-first heap", "G1"),
      new Mark("def new generation", "Serial"),
      new Mark("tenured generation", "Serial"), new Mark("DefNew", "Serial"), new Mark("Tenured", "Serial"),
      new Mark("PSYoungGen", "Parallel"), new Mark("ParOldGen", "Parallel"), new Mark("PSOldGen", "Parallel"),
      new Mark("ZHeap", "ZGC"), new Mark("Shenandoah Heap", "Shenandoah"), new Mark("Epsilon Heap", "Epsilon"),
      new Mark("par new generation", "CMS"), new Mark("concurrent mark-sweep generation", "CMS"));

  private static final Map<String, String> IN_VERSION = Map.of("g1 gc", "G1", "serial gc", "Serial", "parallel gc",
      "Parallel", "z gc", "ZGC", "shenandoah gc", "Shenandoah", "epsilon gc", "Epsilon", "concurrent mark sweep gc",
      "CMS");

  private static final Map<String, String> BY_FLAG = Map.of("UseG1GC", "G1", "UseSerialGC", "Serial", "UseParallelGC",
      "Parallel", "UseZGC", "ZGC", "UseShenandoahGC", "Shenandoah", "UseEpsilonGC", "Epsilon", "UseConcMarkSweepGC",
      "CMS");

  private Collectors() {}

  /** The collector whose heap the line opens; empty for another line. */
  static String ofHeapLine(String line) {
    for (Mark mark : HEAP_LINES) {
      if (line.startsWith(mark.text())) {
        return mark.collector();
      }
    }
    return "";
  }

  /** The collector that the version's last words name: {@code …, g1 gc, linux-amd64)}. */
  static String ofVersionLine(String line) {
    for (String part : line.toLowerCase(Locale.ROOT).split(",")) {
      String collector = IN_VERSION.get(part.strip());
      if (collector != null) {
        return collector;
      }
    }
    return "";
  }

  static String ofFlag(String flag) {
    return BY_FLAG.getOrDefault(flag, "");
  }
}
