package io.tare.heap.hprof;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dump without its heap: header, where the heap segments lie, and what names classes, frames and threads.
 *
 * @param segments in the order of the file
 * @param classNames name ids by class id
 * @param truncated the file ends before its last record does, or has no end mark though its version writes one
 */
public record Outline(
    Header header,
    List<Segment> segments,
    Map<Long, Long> classNames,
    Map<Integer, Long> classSerials,
    Stacks stacks,
    Names names,
    boolean truncated) {

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
}
