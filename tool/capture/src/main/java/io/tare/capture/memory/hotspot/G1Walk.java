package io.tare.capture.memory.hotspot;

import io.tare.model.proc.Mapping;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** G1's regions, those of them that are committed. */
final class G1Walk {
  private static final String[] TOPS = {"G1HeapRegion._top", "HeapRegion._top", "G1ContiguousSpace._top",
      "G1OffsetTableContigSpace._top"};
  private static final String[] TYPE_PREFIXES = {"G1HeapRegionType::", "HeapRegionType::"};

  private final Vm vm;
  private final Layout layout;
  private final Map<Long, String> roles;

  private G1Walk(Vm vm, Layout layout) {
    this.vm = vm;
    this.layout = layout;
    this.roles = roles(vm);
  }

  static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
    new G1Walk(vm, layout).regions(heap);
  }

  private void regions(long heap) throws Unreadable {
    long manager = vm.at(heap, "G1CollectedHeap._hrm");
    long table = manager + vm.offset("G1HeapRegionManager._regions", "HeapRegionManager._regions");
    long base = vm.word(table, "G1HeapRegionTable._base");
    long length = vm.word(table, "G1HeapRegionTable._length");
    if (length < 0 || length > vm.limits().heapParts()) {
      throw new Unreadable(length + " heap regions");
    }
    long unreadable = 0;
    for (long i = 0; i < length && !vm.memory().budgetExceeded(); i++) {
      try {
        region(vm.word(base + 8 * i));
      } catch (Unreadable absent) {
        unreadable++;
      }
    }
    if (unreadable > 0) {
      layout.problem("heap", unreadable + " regions can't be read");
    }
  }

  /** A region that was never committed has no object yet. */
  private void region(long region) throws Unreadable {
    if (region == 0) {
      return;
    }
    long bottom = vm.word(region, "G1HeapRegion._bottom", "HeapRegion._bottom", "Space._bottom");
    if (vm.mappings().at(bottom).filter(Mapping::isWritable).isEmpty()) {
      return;
    }
    long tag = vm.u32(vm.at(region, "G1HeapRegion._type", "HeapRegion._type"));
    layout.part(roles.getOrDefault(tag, "old"), bottom, vm.word(region, TOPS),
        vm.word(region, "G1HeapRegion._end", "HeapRegion._end", "Space._end"));
  }

  /** {@code EdenTag} means eden; the numbers differ between JDKs. Old regions have bits, but no tag of their own. */
  private static Map<Long, String> roles(Vm vm) {
    Map<Long, String> roles = new HashMap<>();
    vm.tables().constants().forEach((name, value) -> {
      for (String prefix : TYPE_PREFIXES) {
        if (name.startsWith(prefix) && name.endsWith("Tag")) {
          roles.put(value, role(name.substring(prefix.length(), name.length() - 3)));
        }
      }
    });
    return roles;
  }

  private static String role(String tag) {
    return switch (tag) {
      case "Surv" -> "survivor";
      case "StartsHumongous", "ContinuesHumongous" -> "humongous";
      case "OpenArchive", "ClosedArchive" -> "archive";
      default -> tag.toLowerCase(Locale.ROOT);
    };
  }
}
