package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.formats.NotThisFormat;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lays a JVM's layout over its mappings: what is resident, private, anonymous and nobody's? Also a program: {@code Overlay PID}. */
final class Overlay {
  private Overlay() {}

  /** A stretch of resident anonymous memory without an owner. */
  record Unowned(AddressRange range, long residentBytes, String mapping) {}

  public static void main(String[] arguments) throws IOException, NotThisFormat {
    Path proc = Path.of("/proc", arguments[0]);
    Smaps smaps = Mappings.of(proc);
    for (int round = 0; round < (arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1); round++) {
      long begin = System.nanoTime();
      try (LiveMemory memory = LiveMemory.open(proc, ReadBudget.DEFAULT)) {
        Parsed<JvmLayout> parsed = HotspotTables.read(memory, smaps, proc, HotspotLimits.DEFAULT);
        long micros = (System.nanoTime() - begin) / 1000;
        if (round == 0) {
          print(parsed, smaps, memory);
        }
        System.out.printf("%d us, %d bytes read%n", micros, memory.bytesRead());
      }
    }
  }

  private static void print(Parsed<JvmLayout> parsed, Smaps smaps, LiveMemory memory) {
    JvmLayout layout = parsed.value();
    layout.facts().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(System.out::println);
    layout.regions().forEach(r -> System.out.println(r + " " + (r.range().bytes() >> 10) + "K"));
    System.out.println(layout.heapParts().size() + " heap parts, used "
        + layout.heapParts().stream().mapToLong(p -> p.usedBytes()).sum() / 1024 + "K");
    layout.heapParts().stream().limit(12).forEach(System.out::println);
    layout.threads().forEach(System.out::println);
    parsed.problems().forEach(System.out::println);
    for (Unowned unowned : unowned(layout, smaps, memory)) {
      System.out.println("UNOWNED " + unowned.range() + " " + (unowned.residentBytes() >> 10) + "K of "
          + (unowned.range().bytes() >> 10) + "K  " + unowned.mapping());
    }
  }

  static List<Unowned> unowned(JvmLayout layout, Smaps smaps, LiveMemory memory) {
    List<AddressRange> owned = owned(layout);
    List<Unowned> open = new ArrayList<>();
    for (Mapping mapping : smaps.mappings()) {
      if (mapping.bytes().rss() > 0 && (mapping.isAnonymous() || mapping.name().startsWith("/memfd"))) {
        for (AddressRange rest : minus(mapping.range(), owned)) {
          long resident = memory.presentRuns(rest).stream().mapToLong(AddressRange::bytes).sum();
          if (resident > 0) {
            open.add(new Unowned(rest, resident, mapping.permissions() + " " + mapping.name()));
          }
        }
      }
    }
    return open;
  }

  static List<AddressRange> owned(JvmLayout layout) {
    List<AddressRange> owned = new ArrayList<>();
    layout.regions().forEach(region -> owned.add(region.range()));
    layout.threads().forEach(thread -> owned.add(thread.stack()));
    owned.sort(null);
    return owned;
  }

  static List<AddressRange> minus(AddressRange range, List<AddressRange> owned) {
    List<AddressRange> rest = new ArrayList<>();
    long at = range.start();
    for (AddressRange owner : owned) {
      AddressRange shared = owner.intersection(range);
      if (!shared.isEmpty() && shared.end() > at) {
        if (shared.start() > at) {
          rest.add(new AddressRange(at, shared.start()));
        }
        at = shared.end();
      }
    }
    if (at < range.end()) {
      rest.add(new AddressRange(at, range.end()));
    }
    return rest;
  }
}
