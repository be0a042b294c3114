package io.tare.capture.memory.hotspot;

import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.OptionalLong;

/** Single pages and small areas of the machine: performance counters, polling pages. */
final class MachineryWalk {
  private static final int POLLING_PAGES = 2;

  private MachineryWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    int page = vm.memory().pageBytes();
    pages(vm, layout, SymbolNames.POLLING_PAGE, "polling page", POLLING_PAGES * page);
    pages(vm, layout, SymbolNames.ASSERT_POISON, "assertion page", page);
    long start = vm.staticWord("PerfMemory._start");
    if (start != 0) {
      layout.region(Purpose.MACHINERY, "performance counters", start, start + vm.staticWord("PerfMemory._capacity"));
    }
  }

  private static void pages(Vm vm, Layout layout, String symbol, String name, int bytes) throws Unreadable {
    OptionalLong variable = vm.symbols().address(symbol);
    if (variable.isPresent()) {
      long start = vm.word(variable.getAsLong());
      if (start % vm.memory().pageBytes() == 0 && vm.mappings().at(start).isPresent()) {
        layout.region(Purpose.MACHINERY, name, start, start + bytes);
      }
    }
  }
}
