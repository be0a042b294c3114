package io.tare.capture.memory.hotspot;

import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Heaps that are cut into regions of one size. */
final class RegionsWalk {
  private RegionsWalk() {}

  /** G1's regions, those of them that are committed. */
  static final class G1Walk {
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
      long end = Math.min(vm.word(region, "G1HeapRegion._end", "HeapRegion._end", "Space._end"), bottom + mostBytes());
      layout.part(role(region), bottom, Math.min(vm.word(region, TOPS), end), end);
    }

    /** In JDK 8 the first region of a large object ends where its last one does, and the others count their parts again. */
    private long mostBytes() throws Unreadable {
      return vm.has("HeapRegion.GrainBytes") ? vm.staticWord("HeapRegion.GrainBytes") : Long.MAX_VALUE >>> 1;
    }

    /** JDK 8 does not tell what a region is for. */
    private String role(long region) throws Unreadable {
      return vm.has("G1HeapRegion._type", "HeapRegion._type")
          ? roles.getOrDefault(vm.u32(vm.at(region, "G1HeapRegion._type", "HeapRegion._type")), "old")
          : "region";
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

  /** Shenandoah's regions. */
  static final class ShenandoahWalk {
    private static final long MOST_OBJECT_BYTES = 1L << 30;
    private static final long HUGE_PAGE_BYTES = 2 << 20;
    private static final String STATE = "ShenandoahHeapRegion::_";

    private ShenandoahWalk() {}

    static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
      long count = vm.word(heap, "ShenandoahHeap._num_regions");
      if (!vm.has("ShenandoahHeap._regions")) {
        UnnamedRegions.walk(vm, layout, heap, count);
        return;
      }
      long regions = vm.word(heap, "ShenandoahHeap._regions");
      if (count < 0 || count > vm.limits().heapParts()) {
        throw new Unreadable(count + " heap regions");
      }
      Map<Long, String> states = states(vm);
      long lowest = Long.MAX_VALUE;
      long highest = 0;
      for (long i = 0; i < count && !vm.memory().budgetExceeded(); i++) {
        long region = vm.word(regions + 8 * i);
        lowest = Math.min(lowest, region);
        highest = Math.max(highest, region);
        long state = vm.u32(vm.at(region, "ShenandoahHeapRegion._state"));
        layout.part(states.getOrDefault(state, "region"), vm.word(region, "ShenandoahHeapRegion._bottom"),
            vm.word(region, "ShenandoahHeapRegion._top"), vm.word(region, "ShenandoahHeapRegion._end"));
      }
      objects(vm, layout, lowest, highest);
    }

    /** The regions' own objects stand side by side in one reservation. */
    static void objects(Vm vm, Layout layout, long lowest, long highest) throws Unreadable {
      long page = vm.memory().pageBytes();
      long start = lowest & -page;
      long end = highest + vm.sizeOf("ShenandoahHeapRegion") + page - 1 & -page;
      long hugeEnd = end + HUGE_PAGE_BYTES - 1 & -HUGE_PAGE_BYTES;
      if (onHugePages(layout) && start % HUGE_PAGE_BYTES == 0 && vm.isAnonymous(start, hugeEnd)) {
        end = hugeEnd;
      }
      if (lowest < highest && end - start <= MOST_OBJECT_BYTES && vm.isAnonymous(start, end)) {
        layout.region(Purpose.GC, "region objects", start, end);
      }
    }

    /** Then its reservations are whole huge pages. */
    private static boolean onHugePages(Layout layout) {
      return Stream.of("UseTransparentHugePages", "UseLargePages")
          .anyMatch(flag -> layout.fact("flag." + flag).orElse("").equals("true"));
    }

    private static Map<Long, String> states(Vm vm) {
      Map<Long, String> states = new HashMap<>();
      vm.tables().constants().forEach((name, value) -> {
        if (name.startsWith(STATE)) {
          states.put(value, name.substring(STATE.length()).replace('_', ' '));
        }
      });
      return states;
    }
  }
}

/**
 * The regions of JDK 11's Shenandoah, of which the tables name no field. An array of pointers in the heap's object is theirs when
 * the objects that it leads to tell the bounds of the regions one after another, at the same place in each; the place of their tops is
 * the one by which they add up to the heap in use.
 */
final class UnnamedRegions {
  private final Vm vm;
  private final long start;
  private final long bytes;
  private final int objectBytes;
  private final long count;

  private UnnamedRegions(Vm vm, Layout layout, long count) throws Unreadable {
    this.vm = vm;
    this.start = layout.regions(Purpose.HEAP).stream().map(JvmRegion::range).mapToLong(AddressRange::start).findFirst()
        .orElseThrow(() -> new Unreadable("no heap"));
    this.bytes = vm.staticWord("ShenandoahHeapRegion.RegionSizeBytes");
    this.objectBytes = vm.sizeOf("ShenandoahHeapRegion");
    this.count = count;
  }

  static void walk(Vm vm, Layout layout, long heap, long count) throws Unreadable {
    if (count < 2 || count > vm.limits().heapParts()) {
      throw new Unreadable(count + " heap regions");
    }
    UnnamedRegions regions = new UnnamedRegions(vm, layout, count);
    List<Long> objects = regions.objects(heap);
    regions.parts(layout, objects, vm.word(heap, "ShenandoahHeap._used"));
    RegionsWalk.ShenandoahWalk.objects(vm, layout, objects.stream().mapToLong(Long::longValue).min().orElse(0),
        objects.stream().mapToLong(Long::longValue).max().orElse(0));
  }

  private List<Long> objects(long heap) throws Unreadable {
    int heapBytes = vm.sizeOf("ShenandoahHeap");
    for (int at = 0; at < heapBytes; at += 8) {
      long array = vm.memory().u64(heap + at).orElse(0);
      Optional<List<Long>> objects = vm.isPointer(array) ? objectsIn(array) : Optional.empty();
      if (objects.isPresent() && placeOf(objects.get(), 0).isPresent()) {
        return objects.get();
      }
    }
    throw new Unreadable("no array of its regions is found");
  }

  private Optional<List<Long>> objectsIn(long array) {
    List<Long> objects = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long object = vm.memory().u64(array + 8 * i).orElse(0);
      if (!vm.isPointer(object)) {
        return Optional.empty();
      }
      objects.add(object);
    }
    return Optional.of(objects);
  }

  /** Where in each object the start of the region is that many regions further on. */
  private OptionalInt placeOf(List<Long> objects, int further) {
    for (int at = 0; at + 8 <= objectBytes; at += 8) {
      boolean fits = true;
      for (int i = 0; i < objects.size() && fits; i++) {
        fits = vm.memory().u64(objects.get(i) + at).orElse(0) == start + (i + further) * bytes;
      }
      if (fits) {
        return OptionalInt.of(at);
      }
    }
    return OptionalInt.empty();
  }

  private void parts(Layout layout, List<Long> objects, long used) throws Unreadable {
    OptionalInt top = placeOfTop(objects, used);
    if (top.isEmpty()) {
      throw new Unreadable("no field of its regions adds up to the " + used + " bytes in use");
    }
    for (int i = 0; i < objects.size(); i++) {
      long bottom = start + i * bytes;
      layout.part("region", bottom, vm.word(objects.get(i) + top.getAsInt()), bottom + bytes);
    }
  }

  /** The process runs on while it is read: a region's worth of difference is let pass. */
  private OptionalInt placeOfTop(List<Long> objects, long used) throws Unreadable {
    OptionalInt best = OptionalInt.empty();
    long nearest = 2 * bytes;
    for (int at = 0; at + 8 <= objectBytes; at += 8) {
      long sum = 0;
      boolean inside = true;
      for (int i = 0; i < objects.size() && inside; i++) {
        long filled = vm.word(objects.get(i) + at) - (start + i * bytes);
        inside = filled >= 0 && filled <= bytes;
        sum += filled;
      }
      if (inside && Math.abs(sum - used) < nearest) {
        nearest = Math.abs(sum - used);
        best = OptionalInt.of(at);
      }
    }
    return best;
  }
}
