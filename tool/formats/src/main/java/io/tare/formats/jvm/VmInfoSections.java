package io.tare.formats.jvm;

import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.LineReader;
import io.tare.model.jvm.JvmLayout;
import java.util.List;

/** Walks through VM.info and hands every line to those who understand the section that it stands in. */
final class VmInfoSections {
  private enum Section {
    PROCESS, HEAP, HISTORY, EVENTS, LIBRARIES, REST
  }

  private final LineReader lines;
  private final LayoutBuilder layout;
  private final HeadLines head = new HeadLines();
  private final HeapLines heap = new HeapLines();
  private final GcHistory history = new GcHistory();
  private final ZgcPages pages;
  private final LibraryLines libraries;
  private final List<Lines> everywhere;
  private Section section = Section.PROCESS;

  VmInfoSections(String artifact, String content, ParseLimits limits) {
    this.lines = new LineReader(content, limits);
    this.layout = new LayoutBuilder("VM.info", artifact, limits);
    this.pages = new ZgcPages(limits.items());
    this.libraries = new LibraryLines(pages);
    this.everywhere = List.of(new RegionLines(), head, new RangeLines(), pages, new CodeHeapLines(),
        new MetaspaceLines(), new ThreadLines(), new FlagLines());
  }

  Parsed<JvmLayout> read() {
    while (lines.advance()) {
      layout.at(lines.where());
      if (!lines.ended() && !lines.line().equals("END.")) {
        layout.problem("the text ends within a line");
      } else if (!entersSection(lines.line())) {
        line(lines.line());
      }
    }
    heap.finish(layout);
    pages.finish(layout);
    history.finish(layout, head.elapsedMillis());
    return layout.build();
  }

  private boolean entersSection(String line) {
    Section entered = section(line);
    if (entered == section) {
      return false;
    }
    section = entered;
    return true;
  }

  private Section section(String line) {
    if (line.equals("Heap:")) {
      return Section.HEAP;
    }
    if (line.endsWith(" events):") || line.endsWith(" event):")) {
      return line.startsWith("GC Heap ") ? Section.HISTORY : Section.EVENTS;
    }
    if (line.startsWith("Dynamic libraries:")) {
      return Section.LIBRARIES;
    }
    boolean endsHeap = section == Section.HEAP && line.startsWith("Heap Regions:");
    boolean endsList = section == Section.LIBRARIES && line.isEmpty();
    return endsHeap || endsList || line.startsWith("-------") ? Section.REST : section;
  }

  private void line(String line) {
    switch (section) {
      case HISTORY -> history.accept(line);
      case LIBRARIES -> libraries.accept(line, layout);
      case HEAP -> {
        if (!heap.accept(line, layout)) {
          offer(line);
        }
      }
      case PROCESS, REST -> offer(line);
      case EVENTS -> {
        // Events tell what happened, not what is.
      }
    }
  }

  private void offer(String line) {
    for (Lines understood : everywhere) {
      if (understood.accept(line, layout)) {
        return;
      }
    }
  }
}
