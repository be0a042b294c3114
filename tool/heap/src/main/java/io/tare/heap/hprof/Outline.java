package io.tare.heap.hprof;

import io.tare.heap.store.LongIntMap;
import io.tare.heap.store.Packed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dump without its heap: header, where the heap segments lie, and what names classes, frames and threads.
 *
 * @param segments in the order of the file
 * @param classNames name ids by class id
 * @param truncated the file ends before its last record does, or has no end mark though its version writes one
 * @param android whether it is in Android's form of the format
 */
public record Outline(
    Header header,
    List<Segment> segments,
    Map<Long, Long> classNames,
    Map<Integer, Long> classSerials,
    Stacks stacks,
    Names names,
    boolean truncated,
    boolean android) {

  /**
   * Throws unless Tare knows how large the objects of the VM are that wrote this dump.
   *
   * @throws NotAHeapDump that says whose dump it is
   */
  public void checkThatSizesAreKnown() throws NotAHeapDump {
    if (android) {
      throw new NotAHeapDump("a heap dump of Android, whose object sizes Tare does not know; Android Studio reads it");
    }
    if (header.idBytes() == 4) {
      throw new NotAHeapDump(
          "a heap dump of a 32-bit VM, whose object sizes Tare does not know; it reads those of 64-bit"
              + " VMs");
    }
  }

  /** The first bytes of the file; the time is in milliseconds since 1970. */
  public record Header(String version, int idBytes, long takenAtMillis, long endsAt) {}

  /** Bytes of the file that hold heap records. */
  public record Segment(long from, long to) {}

  /** One frame; its line is 0 or less if unknown. */
  public record Frame(long methodNameId, long signatureId, long sourceNameId, int classSerial, int line) {}

  /** The frames of one stack, innermost first. */
  public record Trace(int threadSerial, List<Long> frameIds) {}

  /** Frames by id, stack traces by serial. */
  public record Stacks(Map<Long, Frame> frames, Map<Integer, Trace> traces) {
    /** The stack of the thread with this serial. */
    public Optional<Trace> ofThread(int threadSerial) {
      return traces.values().stream().filter(trace -> trace.threadSerial() == threadSerial).findFirst();
    }
  }

  /** The names of the dump, left in the file until somebody asks for one. */
  public static final class Names {
    private static final int LONGEST = 1000;

    private final DumpFile file;
    private final int idBytes;
    private final LongIntMap numbers = new LongIntMap();
    private long[] positions = new long[1024];
    private int[] lengths = new int[1024];

    Names(DumpFile file, int idBytes) {
      this.file = file;
      this.idBytes = idBytes;
    }

    void put(long id, long position, long length) {
      int number = numbers.size();
      if (numbers.contains(id)) {
        return;
      }
      if (number == positions.length) {
        positions = Arrays.copyOf(positions, number * 2);
        lengths = Arrays.copyOf(lengths, number * 2);
      }
      numbers.put(id, number);
      positions[number] = position;
      lengths[number] = (int) Math.min(length, LONGEST);
    }

    void write(Packed.Out out) {
      out.i4(numbers.size());
      numbers.forEach((id, number) -> {
        out.i8(id);
        out.i8(positions[number]);
        out.i4(lengths[number]);
      });
    }

    void read(Packed.In in) {
      for (int left = in.i4(); left > 0; left--) {
        put(in.i8(), in.i8(), in.i4());
      }
    }

    /** Whether the name with this id is this one; reads only names of that length. */
    public boolean is(long id, String text) {
      int number = numbers.getOrDefault(id, -1);
      return number >= 0 && lengths[number] == text.length() && get(id).equals(text);
    }

    /** The name with this id, or the id itself in hexadecimal. */
    public String get(long id) {
      int number = numbers.getOrDefault(id, -1);
      if (number < 0) {
        return "0x" + Long.toHexString(id);
      }
      Window window = new Window(file, idBytes, Math.max(lengths[number], 1));
      window.seek(positions[number]);
      return window.has(lengths[number]) ? window.text(lengths[number]) : "0x" + Long.toHexString(id);
    }
  }
}
