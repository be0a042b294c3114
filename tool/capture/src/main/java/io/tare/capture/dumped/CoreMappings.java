package io.tare.capture.dumped;

import io.tare.capture.dumped.CoreFile.CoreNotes;
import io.tare.capture.dumped.CoreFile.CoreNotes.MappedFile;
import io.tare.capture.dumped.CoreFile.Segment;
import io.tare.capture.kernel.PageSize;
import io.tare.model.AddressRange;
import io.tare.model.proc.ResidentPages;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The mappings of a core file as the kernel would have listed them. A page counts as held if there is anything on it but zeros: the kernel writes
 * zeros for pages that were never touched as well.
 *
 * @param smaps as text
 * @param pages that are held
 * @param program the path of the executable; empty if that is not told
 * @param mappedBytes all mappings together
 */
public record CoreMappings(String smaps, ResidentPages pages, String program, long mappedBytes, long heldBytes) {
  private static final int BLOCK = 256;
  /** The heap that {@code brk} moves begins at a random place behind the program, this far at most. */
  private static final long MOST_TO_HEAP = (1L << 30) + (64L << 20);

  public static CoreMappings of(CoreFile core) {
    return new Listing(core).list();
  }

  private static final class Listing {
    private final CoreFile core;
    private final int pageBytes = PageSize.ofThisMachine();
    private final MemorySegment zeros = MemorySegment.ofArray(new byte[BLOCK * pageBytes]);
    private final TreeMap<Long, MappedFile> files = new TreeMap<>();
    private final Map<String, Integer> inodes = new HashMap<>();
    private final LongStream.Builder starts = LongStream.builder();
    private final LongStream.Builder ends = LongStream.builder();
    private long runStart;
    private long runEnd;

    Listing(CoreFile core) {
      this.core = core;
      core.notes().files().forEach(file -> files.put(file.range().start(), file));
    }

    CoreMappings list() {
      List<Line> lines = new ArrayList<>();
      for (Segment segment : core.segments()) {
        Optional<MappedFile> file = fileAt(segment.range().start());
        file.ifPresent(known -> files.remove(known.range().start(), known));
        lines.add(new Line(segment.range(), segment.permissions(), file, held(segment)));
      }
      endRun(0);
      List<AddressRange> surveyed = core.segments().stream().map(Segment::range).toList();
      // What was left out altogether has no permissions; it can be read as far as its file is there.
      files.values().stream().filter(file -> surveyed.stream().noneMatch(file.range()::intersects))
          .forEach(file -> lines.add(new Line(file.range(), "r--", Optional.of(file), 0)));
      lines.sort(Comparator.comparing(Line::range));
      StringBuilder text = new StringBuilder();
      Optional<AddressRange> heap = heap(lines);
      lines.forEach(line -> text.append(line.text(name(line, heap), inodes)));
      return new CoreMappings(text.toString(),
          new ResidentPages(surveyed, starts.build().toArray(), ends.build().toArray()),
          program(), lines.stream().mapToLong(line -> line.range().bytes()).sum(),
          lines.stream().mapToLong(Line::heldBytes).sum());
    }

    private Optional<MappedFile> fileAt(long address) {
      return Optional.ofNullable(files.floorEntry(address)).map(Map.Entry::getValue)
          .filter(file -> file.range().contains(address));
    }

    private String program() {
      long headers = core.notes().program();
      return core.notes().files().stream().filter(file -> file.range().contains(headers)).map(MappedFile::path)
          .findFirst()
          .orElse("");
    }

    private String name(Line line, Optional<AddressRange> heap) {
      CoreNotes notes = core.notes();
      return line.file().map(MappedFile::path).orElseGet(() -> line.range().contains(notes.stack())
          ? "[stack]"
          : line.range().contains(notes.vdso())
              ? "[vdso]"
              : heap.filter(line.range()::equals).isPresent() ? "[heap]" : "");
    }

    /** The first memory of no file behind the program and what belongs to it. */
    private Optional<AddressRange> heap(List<Line> lines) {
      String program = program();
      long end = core.notes().files().stream().filter(file -> file.path().equals(program))
          .mapToLong(file -> file.range().end()).max().orElse(0);
      for (Line line : lines) {
        long gap = line.range().start() - end;
        if (end > 0 && gap > 0 && gap < MOST_TO_HEAP && line.file().isEmpty() && line.permissions().startsWith("rw")) {
          return Optional.of(line.range());
        }
      }
      return Optional.empty();
    }

    /** Counts the pages that hold something, many at a time where they do not. */
    private long held(Segment segment) {
      MemorySegment content = core.content(segment);
      long held = 0;
      for (long at = 0; at < content.byteSize();) {
        long block = Math.min((long) BLOCK * pageBytes, content.byteSize() - at);
        long first = MemorySegment.mismatch(content, at, at + block, zeros, 0, block);
        if (first < 0) {
          at += block;
          continue;
        }
        for (at += first / pageBytes * pageBytes; at < content.byteSize(); at += pageBytes) {
          long page = Math.min(pageBytes, content.byteSize() - at);
          if (MemorySegment.mismatch(content, at, at + page, zeros, 0, page) < 0) {
            break;
          }
          held += page;
          add(segment.range().start() + at, segment.range().start() + at + page);
        }
      }
      return held;
    }

    private void add(long start, long end) {
      if (runEnd != start) {
        endRun(start);
      }
      runEnd = end;
    }

    private void endRun(long nextStart) {
      if (runEnd > runStart) {
        starts.add(runStart);
        ends.add(runEnd);
      }
      runStart = nextStart;
      runEnd = nextStart;
    }
  }

  private record Line(AddressRange range, String permissions, Optional<MappedFile> file, long heldBytes) {

    /** The file's number is not told; each has one of its own here, on a device that no file has. */
    String text(String name, Map<String, Integer> inodes) {
      int inode = file.map(known -> inodes.computeIfAbsent(known.path(), path -> inodes.size() + 1)).orElse(0);
      long kib = (heldBytes + 1023) >> 10;
      boolean isChanged = file.isEmpty() || permissions.charAt(1) == 'w';
      return String.format(Locale.ROOT, """
          %s %sp %08x 00:00 %d %s
          Rss: %d kB
          Pss: %d kB
          Shared_Clean: 0 kB
          Shared_Dirty: 0 kB
          Private_Clean: %d kB
          Private_Dirty: %d kB
          Anonymous: %d kB
          Swap: 0 kB
          """, range, permissions, file.map(MappedFile::offset).orElse(0L), inode, name, kib, kib,
          isChanged ? 0 : kib, isChanged ? kib : 0, file.isEmpty() ? kib : 0);
    }
  }
}
