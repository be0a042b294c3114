package io.tare.probe.jfr;

import io.tare.probe.jvm.ClassNames;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/** Names the frame of a stack that a reader can do something about. */
public final class Frames {
  private static final List<String> MACHINERY = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.junit.",
      "io.tare.probe.jfr.",
      "io.tare.probe.leftovers.");
  private static final Set<String> FRONT_DOORS = Set.of("io.tare.probe.allocation.Allocations",
      "io.tare.probe.leftovers.LeakProtocol",
      "io.tare.junit.MemoryGuards", "io.tare.junit.MemoryGuardExtension", "io.tare.junit.RepeatedMethod");

  private Frames() {}

  /** The topmost frame outside the JDK, or the topmost one when there is no other. */
  public static String place(@Nullable RecordedStackTrace stack) {
    if (stack == null || stack.getFrames().isEmpty()) {
      return "unknown place";
    }
    for (RecordedFrame frame : stack.getFrames()) {
      if (!isMachinery(frame.getMethod().getType().getName())) {
        return text(frame);
      }
    }
    return text(stack.getFrames().get(0));
  }

  private static boolean isMachinery(String className) {
    return FRONT_DOORS.contains(className) || MACHINERY.stream().anyMatch(className::startsWith);
  }

  /** Whether JFR itself was at work, starting or stopping the recording. */
  public static boolean isOfJfr(@Nullable RecordedStackTrace stack) {
    return stack != null
        && stack.getFrames().stream().anyMatch(frame -> frame.getMethod().getType().getName().startsWith("jdk.jfr."));
  }

  private static String text(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    return method.getType().getName() + "." + method.getName() + ":" + frame.getLineNumber();
  }

  /** {@code [B} becomes {@code byte[]}, {@code [Ljava.lang.String;} becomes {@code java.lang.String[]}. */
  public static String className(@Nullable RecordedClass type) {
    return type == null ? "unknown class" : ClassNames.readable(type.getName());
  }
}
