package io.tare.heap.redact;

import io.tare.heap.HeapOptions;
import io.tare.heap.HeapProgress;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.OutlineReader;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.hprof.Tag;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Passes;
import io.tare.heap.redact.Copy.Blank;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies a dump without its contents: the graph, the sizes and the names of classes, fields and methods stay, numbers and texts
 * go. The copy has the length of the original, and every object its place.
 */
public final class Redactor {
  private static final int RECORD_HEADER = 9;
  private static final int TRACE_HEADER = 12;
  /** A name of a class file has a length of two bytes. */
  private static final int LONGEST_NAME = 0xffff;

  private final Copy copy;
  private final Outline outline;
  private final Set<Long> names;
  private final SegmentCopy heap;
  private final Map<Long, Long> segmentEnds = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final HeapProgress progress;
  private final long size;
  private long textBytes;

  private Redactor(Copy copy, Outline outline, Prepared prepared) {
    this.copy = copy;
    this.outline = outline;
    this.names = prepared.names();
    this.heap = new SegmentCopy(copy, prepared.shapes(), prepared.options());
    this.progress = prepared.progress();
    this.size = prepared.size();
    outline.segments().forEach(segment -> segmentEnds.put(segment.from(), segment.to()));
  }

  /** What a walk over the dump has told. */
  private record Prepared(Set<Long> names, ClassShapes shapes, RedactOptions options, HeapProgress progress,
      long size) {}

  /**
   * Writes the copy, not compressed.
   *
   * @param progress told how far the copy is
   * @throws NotAHeapDump if the file is something else
   */
  public static Redaction redact(Path dump, OutputStream out, RedactOptions options, HeapProgress progress)
      throws IOException, NotAHeapDump {
    ProblemLog log = new ProblemLog();
    HeapOptions usual = HeapOptions.usual();
    try (DumpFile file = DumpFile.open(dump, usual.temporaryFolder(), log)) {
      Outline outline = OutlineReader.read(file, log);
      int idBytes = outline.header().idBytes();
      progress.at("reading names", 0, 0);
      Passes passes = new Passes(file, idBytes, log, usual.threads(), bytes -> {});
      ClassShapes shapes = ClassShapes.of(outline, passes);
      Prepared prepared = new Prepared(shapes.usedNames(outline), shapes, options, progress, file.size());
      return new Redactor(new Copy(new Window(file, idBytes, Window.LARGE), out), outline, prepared).run();
    }
  }

  private Redaction run() throws IOException {
    try {
      copy.bytes(outline.header().endsAt());
      while (copy.position() < size && record()) {
        progress.at("copying", copy.position(), size);
      }
    } catch (EOFException cut) {
      problems.add("the dump is cut off: " + cut.getMessage());
    }
    copy.finish();
    return new Redaction(heap.arrayBytes(), heap.fieldBytes(), textBytes, copy.copied(), problems);
  }

  /** Returns whether it makes sense to go on. */
  private boolean record() throws IOException {
    long at = copy.position();
    int tag = copy.u1();
    if (!Tag.isTopLevel(tag)) {
      problems.add("no such record: 0x" + Integer.toHexString(tag) + " at offset " + at
          + "; the rest of the file is left out");
      return false;
    }
    copy.bytes(4);
    long length = copy.u4();
    long body = at + RECORD_HEADER;
    switch (tag) {
      case Tag.UTF8 -> text(length);
      case Tag.HEAP_DUMP, Tag.HEAP_DUMP_SEGMENT -> {
        return segment(segmentEnds.getOrDefault(body, body + length));
      }
      case Tag.LOAD_CLASS -> fixed(length, 8 + 2L * copy.idBytes());
      case Tag.FRAME -> fixed(length, 8 + 4L * copy.idBytes());
      case Tag.TRACE -> trace(length);
      // Allocation sites, thread names, CPU samples of old agents: nobody needs them for the heap.
      default -> copy.blank(length, Blank.ZEROS);
    }
    return true;
  }

  /** A record that is longer than such records are holds something else in its end. */
  private void fixed(long length, long usual) throws IOException {
    copy.bytes(Math.min(length, usual));
    copy.blank(Math.max(0, length - usual), Blank.ZEROS);
  }

  private void trace(long length) throws IOException {
    if (length < TRACE_HEADER) {
      copy.blank(length, Blank.ZEROS);
      return;
    }
    copy.bytes(8);
    long frames = copy.u4() * copy.idBytes();
    fixed(length - TRACE_HEADER, frames);
  }

  private void text(long length) throws IOException {
    if (length < copy.idBytes()) {
      copy.bytes(length);
      return;
    }
    long id = copy.id();
    long bytes = length - copy.idBytes();
    if (names.contains(id) && bytes <= LONGEST_NAME) {
      copy.bytes(bytes);
    } else {
      copy.blank(bytes, Blank.LETTERS);
      textBytes += bytes;
    }
  }

  private boolean segment(long to) throws IOException {
    try {
      heap.copy(to);
      return true;
    } catch (SegmentCopy.Unreadable senseless) {
      problems.add(senseless.getMessage() + "; the rest of the file is left out");
      return false;
    }
  }

  /**
   * What stays.
   *
   * @param keepNumbers whether numbers in fields stay: sizes of collections, ports, ids
   */
  public record RedactOptions(boolean keepNumbers) {}

  /**
   * What was done to a copy.
   *
   * @param arrayBytes contents of arrays of numbers and characters, strings among them
   * @param fieldBytes numbers in fields, static ones too
   * @param textBytes texts that are no names of classes, fields, methods or source files
   * @param problems what could not be read; it is not in the copy
   */
  public record Redaction(long arrayBytes, long fieldBytes, long textBytes, long copiedBytes, List<String> problems) {
    public Redaction {
      problems = List.copyOf(problems);
    }
  }
}
