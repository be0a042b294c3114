package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.LineReader;
import io.tare.model.jvm.JvmLayout;
import java.util.List;

/**
 * The answer to {@code VM.info}, and the error file of a crash (hs_err), which has the same sections. JDK 17 and 25
 * print
 *
 * <pre>
 * # Java VM: OpenJDK 64-Bit Server VM (17.0.15+6-Debian-1deb12u1, mixed mode, sharing, …, g1 gc, linux-amd64)
 * Heap address: 0x00000000fc000000, size: 64 MB, Compressed Oops mode: 32-bit
 * CDS archive(s) mapped at: [0x00007f4a6b000000-0x00007f4a6bbc7000-0x00007f4a6bbc7000), size 12349440, …
 * </pre>
 *
 * The heap is read from the section {@code Heap:} only: the history repeats it for every collection.
 */
public final class VmInfoText {
  private VmInfoText() {}

  public static Parsed<JvmLayout> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    if (!content.contains("# Java VM: ") && !content.contains("P R O C E S S")) {
      throw new NotThisFormat(artifact + " names no Java VM");
    }
    return new VmInfoSections(artifact, content, limits).read();
  }

  /** Walks through VM.info and hands every line to those who understand the section that it stands in. */
  static final class VmInfoSections {
    private enum Section {
      PROCESS, HEAP, HISTORY, EVENTS, LIBRARIES, REST
    }

    private final LineReader lines;
    private final LayoutBuilder layout;
    private final HeadLines head = new HeadLines();
    private final HeapInfoText.HeapLines heap = new HeapInfoText.HeapLines();
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
      this.everywhere = List.of(new RegionLines(), head, new RangeLines(), pages, new CodeCacheText.CodeHeapLines(),
          new MetaspaceText.MetaspaceLines(), new ThreadLines(), new VmFlagsText.FlagLines());
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
}
