package io.tare.heap.answers;

import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.Outline.Frame;
import io.tare.heap.hprof.Outline.Trace;
import io.tare.heap.hprof.Root;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stack frames in words. */
final class Frames {
  private final Outline outline;

  Frames(Outline outline) {
    this.outline = outline;
  }

  /** The stack of a thread, innermost first; empty if the dump has none. */
  List<String> ofThread(@Nullable Root thread) {
    if (thread == null) {
      return List.of();
    }
    Trace trace = outline.stacks().traces().get(thread.frame());
    if (trace == null || trace.threadSerial() != thread.threadSerial()) {
      trace = outline.stacks().ofThread(thread.threadSerial()).orElse(null);
    }
    return trace == null ? List.of() : trace.frameIds().stream().map(this::words).toList();
  }

  /** The method of one frame, or nothing. */
  String method(@Nullable Root thread, int depth) {
    List<String> stack = ofThread(thread);
    if (depth < 0 || depth >= stack.size()) {
      return "";
    }
    String words = stack.get(depth);
    int place = words.indexOf('(');
    return place < 0 ? words : words.substring(0, place);
  }

  private String words(long frameId) {
    Frame frame = outline.stacks().frames().get(frameId);
    if (frame == null) {
      return "unknown frame 0x" + Long.toHexString(frameId);
    }
    Long classId = outline.classSerials().get(frame.classSerial());
    Long nameId = classId == null ? null : outline.classNames().get(classId);
    String className = nameId == null ? "?" : outline.names().get(nameId).replace('/', '.');
    String source = frame.sourceNameId() == 0 ? "" : outline.names().get(frame.sourceNameId());
    String place = frame.line() > 0 ? source + ":" + frame.line() : source;
    return className + "." + outline.names().get(frame.methodNameId()) + (place.isEmpty() ? "" : "(" + place + ")");
  }
}
