package io.tare.capture.memory.hotspot;

import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Mapping;
import java.util.List;

/** The class-data archive: where its metadata lie, and the slice of Java objects that is mapped into the heap. */
final class ArchiveWalk {
  private static final List<String> EXTENSIONS = List.of(".jsa", ".aot");
  private static final long MOST_PREFIX_BYTES = 64 << 10;

  private ArchiveWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    mappedFiles(vm, layout);
    if (vm.has("MetaspaceObj._shared_metaspace_base")) {
      long base = vm.staticWord("MetaspaceObj._shared_metaspace_base");
      long top = vm.staticWord("MetaspaceObj._shared_metaspace_top");
      if (base != 0) {
        layout.region(Purpose.CDS, "class-data archive", protectedStart(vm, base), pageUp(vm, top));
      }
    }
  }

  static boolean isArchive(Mapping mapping) {
    String name = mapping.name().replace(" (deleted)", "");
    return mapping.hasPath() && EXTENSIONS.stream().anyMatch(name::endsWith);
  }

  /** Since JDK 25 a page without access stands before the first class. */
  private static long protectedStart(Vm vm, long base) {
    long before = base - vm.memory().pageBytes();
    return vm.mappings().at(before).filter(page -> page.permissions().startsWith("---")
        && page.range().end() == base && page.range().bytes() <= MOST_PREFIX_BYTES).isPresent() ? before : base;
  }

  private static long pageUp(Vm vm, long address) {
    return address + vm.memory().pageBytes() - 1 & -vm.memory().pageBytes();
  }

  private static void mappedFiles(Vm vm, Layout layout) {
    List<AddressRange> heap = layout.regions(Purpose.HEAP).stream().map(JvmRegion::range).toList();
    for (Mapping mapping : vm.mappings().all()) {
      if (isArchive(mapping)) {
        String name = mapping.name().replace(" (deleted)", "");
        boolean inHeap = heap.stream().anyMatch(range -> range.contains(mapping.range()));
        layout.region(inHeap ? Purpose.HEAP_ARCHIVE : Purpose.CDS, name.substring(name.lastIndexOf('/') + 1),
            inHeap ? mapping.range().start() : protectedStart(vm, mapping.range().start()), mapping.range().end());
      }
    }
  }
}
