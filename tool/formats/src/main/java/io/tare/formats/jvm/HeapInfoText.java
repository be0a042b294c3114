package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.LineReader;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion.Purpose;

/**
 * The answer to {@code GC.heap_info}. JDK 25 with Parallel prints
 *
 * <pre>
 * PSYoungGen      total 18944K, used 3615K [0x00000000feb00000, 0x0000000100000000, 0x0000000100000000)
 *  eden space 16384K, 22% used [0x00000000feb00000,0x00000000fee87e80,0x00000000ffb00000)
 * </pre>
 */
public final class HeapInfoText {
  private HeapInfoText() {}

  public static Parsed<JvmLayout> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    LayoutBuilder layout = new LayoutBuilder("GC.heap_info", artifact, limits);
    HeapLines heap = new HeapLines();
    MetaspaceText.MetaspaceLines metaspace = new MetaspaceText.MetaspaceLines();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance()) {
      layout.at(lines.where());
      if (!lines.ended()) {
        layout.problem("the text ends within a line");
      } else if (!heap.accept(lines.line(), layout)) {
        metaspace.accept(lines.line(), layout);
      }
    }
    heap.finish(layout);
    if (!layout.has(FactKeys.COLLECTOR)) {
      throw new NotThisFormat(artifact + " names no collector's heap");
    }
    return layout.build();
  }

  /** The heap's summary, put into a layout. */
  static final class HeapLines implements Lines {
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
}
