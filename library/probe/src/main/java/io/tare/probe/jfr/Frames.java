package io.tare.probe.jfr;

import io.tare.probe.leftovers.ClassNames;
import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/** Names the frame of a stack that a reader can do something about. */
final class Frames {
  private static final List<String> MACHINERY = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.",
      "io.tare.probe.Allocations",
      "io.tare.probe.Leak", "io.tare.probe.jfr.", "io.tare.junit.", "org.junit.");

  private Frames() {}

  /** The topmost frame outside the JDK, or the topmost one when there is no other. */
  static String place(@Nullable RecordedStackTrace stack) {
    if (stack == null || stack.getFrames().isEmpty()) {
      return "unknown place";
    }
    for (RecordedFrame frame : stack.getFrames()) {
      if (MACHINERY.stream().noneMatch(frame.getMethod().getType().getName()::startsWith)) {
        return text(frame);
      }
    }
    return text(stack.getFrames().get(0));
  }

  private static String text(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    return method.getType().getName() + "." + method.getName() + ":" + frame.getLineNumber();
  }

  /** {@code [B} becomes {@code byte[]}, {@code [Ljava.lang.String;} becomes {@code java.lang.String[]}. */
  static String className(@Nullable RecordedClass type) {
    return type == null ? "unknown class" : ClassNames.readable(type.getName());
  }
}
