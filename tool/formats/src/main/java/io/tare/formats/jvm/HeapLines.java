package io.tare.formats.jvm;

import io.tare.model.jvm.JvmRegion.Purpose;

/** The heap's summary, put into a layout. */
final class HeapLines implements Lines {
  private final HeapSummary summary = new HeapSummary();

  @Override
  public boolean accept(String line, LayoutBuilder layout) {
    return summary.accept(line);
  }

  /** Puts the summary into the layout, once it has been read. */
  void finish(LayoutBuilder layout) {
    layout.fact(FactKeys.COLLECTOR, summary.collector());
    layout.fact(FactKeys.HEAP_USED, summary.used());
    layout.fact(FactKeys.HEAP_COMMITTED, summary.committed());
    if (!layout.has(FactKeys.HEAP_MAX)) {
      layout.fact(FactKeys.HEAP_MAX, summary.max());
      layout.region(Purpose.HEAP, "heap", summary.start(), summary.end());
    }
    for (HeapSummary.Space space : summary.spaces()) {
      layout.part(space.role(), space.bottom(), space.top(), space.end());
    }
  }
}
