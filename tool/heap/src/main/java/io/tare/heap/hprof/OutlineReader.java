package io.tare.heap.hprof;

import io.tare.heap.hprof.Outline.Frame;
import io.tare.heap.hprof.Outline.Header;
import io.tare.heap.hprof.Outline.Names;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.hprof.Outline.Stacks;
import io.tare.heap.hprof.Outline.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hops over the records of a dump: 9 bytes of each heap segment, all of the rest. */
public final class OutlineReader {
  private static final String MAGIC = "JAVA PROFILE 1.0";
  private static final String PORTABLE = "portable heap dump";
  private static final int LONGEST_HEADER = 64;
  private static final int RECORD_HEADER = 9;
  private static final long WRAP = 1L << 32;
  private static final int MOST_FRAMES = 1 << 16;

  private final DumpFile file;
  private final ProblemLog problems;
  private final Header header;
  private final Window window;
  private final List<Segment> segments = new ArrayList<>();
  private final Map<Long, Long> classNames = new HashMap<>();
  private final Map<Integer, Long> classSerials = new HashMap<>();
  private final Map<Long, Frame> frames = new HashMap<>();
  private final Map<Integer, Trace> traces = new HashMap<>();
  private final Names names;
  private boolean segmented;
  private boolean ended;
  private boolean cut;
  private boolean android;

  private OutlineReader(DumpFile file, ProblemLog problems) throws NotAHeapDump {
    this.file = file;
    this.problems = problems;
    this.header = header(file);
    this.android = header.version().equals("1.0.3");
    this.window = new Window(file, header.idBytes(), Window.SMALL);
    this.names = new Names(file, header.idBytes());
  }

  public static Outline read(DumpFile file, ProblemLog problems) throws NotAHeapDump {
    return new OutlineReader(file, problems).outline();
  }

  private static Header header(DumpFile file) throws NotAHeapDump {
    Window start = new Window(file, 4, LONGEST_HEADER);
    start.has(LONGEST_HEADER);
    int length = start.ready(0, LONGEST_HEADER);
    int end = 0;
    while (end < length && start.u1At(end) != 0) {
      end++;
    }
    if (length > 2 + PORTABLE.length() && start.u1At(0) == 0 && start.u1At(1) == PORTABLE.length()) {
      start.skip(2);
      if (start.text(PORTABLE.length()).equals(PORTABLE)) {
        throw new NotAHeapDump("a dump in OpenJ9's portable format (PHD), which has no values of fields; Tare reads"
            + " dumps in HPROF format, as HotSpot writes them");
      }
      throw new NotAHeapDump("not a heap dump: it does not start with \"JAVA PROFILE 1.0\"");
    }
    String version = start.text(end);
    if (!version.startsWith(MAGIC)) {
      throw new NotAHeapDump("not a heap dump: it does not start with \"JAVA PROFILE 1.0\"");
    }
    if (length < end + 13) {
      throw new NotAHeapDump("the heap dump ends inside its header");
    }
    start.skip(1);
    int idBytes = start.i4();
    if (idBytes != 4 && idBytes != 8) {
      throw new NotAHeapDump("a heap dump with ids of " + idBytes + " bytes; only 4 and 8 are known");
    }
    return new Header(version.substring("JAVA PROFILE ".length()), idBytes, start.i8(), end + 13L);
  }

  private Outline outline() {
    long at = header.endsAt();
    while (at < file.size() && !ended) {
      at = record(at);
    }
    boolean truncated = cut || (segmented && !ended);
    if (truncated) {
      problems.add(file.size(), "the dump is cut off: what comes before the cut is analysed");
    }
    Stacks stacks = new Stacks(frames, traces);
    return new Outline(header, List.copyOf(segments), classNames, classSerials, stacks, names, truncated, android);
  }

  /** Returns where the next record starts. */
  private long record(long at) {
    window.seek(at);
    if (!window.has(RECORD_HEADER)) {
      cut = true;
      return file.size();
    }
    int tag = window.u1();
    window.skip(4);
    long body = at + RECORD_HEADER;
    long end = body + window.u4();
    if (!Tag.isTopLevel(tag)) {
      problems.add(at, "no such record: 0x" + Integer.toHexString(tag) + "; the rest of the file is left out");
      return file.size();
    }
    if (tag == Tag.HEAP_DUMP || tag == Tag.HEAP_DUMP_SEGMENT) {
      end = unwrapped(body, end);
      segmented |= tag == Tag.HEAP_DUMP_SEGMENT;
      segments.add(new Segment(body, Math.min(end, file.size())));
      window.seek(body);
      android |= header.idBytes() == 4 && window.has(1) && window.u1() == Tag.ANDROID_HEAP_INFO;
    }
    if (end > file.size()) {
      cut = true;
      return file.size();
    }
    window.seek(body);
    read(tag, end - body);
    return end;
  }

  /** Lengths have 32 bits: those of records over 4 GB are what is left after division. */
  private long unwrapped(long body, long end) {
    if (startsRecord(end)) {
      return end;
    }
    for (long longer = end + WRAP; longer <= file.size(); longer += WRAP) {
      if (startsRecord(longer)) {
        problems.add(body, "the record is longer than its length field can say: " + (longer - body) + " bytes");
        return longer;
      }
    }
    return end == body ? file.size() : end;
  }

  private boolean startsRecord(long at) {
    if (at == file.size()) {
      return true;
    }
    window.seek(at);
    if (!window.has(RECORD_HEADER)) {
      return false;
    }
    int tag = window.u1();
    window.skip(4);
    return Tag.isTopLevel(tag) && (window.u4() <= file.size() - at - RECORD_HEADER || tag == Tag.HEAP_DUMP_SEGMENT);
  }

  private void read(int tag, long length) {
    int idBytes = header.idBytes();
    boolean whole = switch (tag) {
      case Tag.UTF8 -> name(length);
      case Tag.LOAD_CLASS -> length < 8 + 2L * idBytes || loadedClass();
      case Tag.FRAME -> length < 8 + 4L * idBytes || frame();
      case Tag.TRACE -> length < 12 || trace(length);
      case Tag.HEAP_DUMP_END -> end();
      default -> true;
    };
    if (!whole) {
      problems.add(window.position(), "record 0x" + Integer.toHexString(tag) + " is damaged");
    }
  }

  private boolean end() {
    ended = true;
    return true;
  }

  private boolean name(long length) {
    if (length < header.idBytes() || !window.has(header.idBytes())) {
      return false;
    }
    long id = window.id();
    names.put(id, window.position(), length - header.idBytes());
    return true;
  }

  private boolean loadedClass() {
    if (!window.has(8 + 2 * header.idBytes())) {
      return false;
    }
    int serial = window.i4();
    long id = window.id();
    window.skip(4);
    classNames.put(id, window.id());
    classSerials.put(serial, id);
    return true;
  }

  private boolean frame() {
    if (!window.has(8 + 4 * header.idBytes())) {
      return false;
    }
    long id = window.id();
    frames.put(id, new Frame(window.id(), window.id(), window.id(), window.i4(), window.i4()));
    return true;
  }

  private boolean trace(long length) {
    if (!window.has(12)) {
      return false;
    }
    int serial = window.i4();
    int thread = window.i4();
    int count = window.i4();
    if (count < 0 || count > MOST_FRAMES || 12 + (long) count * header.idBytes() > length) {
      return false;
    }
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!window.has(header.idBytes())) {
        return false;
      }
      ids.add(window.id());
    }
    traces.put(serial, new Trace(thread, ids));
    return true;
  }
}
