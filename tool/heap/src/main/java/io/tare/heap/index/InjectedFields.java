package io.tare.heap.index;

import java.util.List;

/** Fields that HotSpot adds to some classes and that no dump shows; only their sizes, largest first. */
final class InjectedFields {
  private InjectedFields() {}

  /**
   * Bytes of the hidden fields of this class.
   *
   * @param virtualThreads whether the VM has virtual threads, JDK 21 and later
   */
  static List<Integer> of(String className, boolean virtualThreads) {
    return switch (className) {
      case "java.lang.ClassLoader",
          "java.lang.Module",
          "java.lang.invoke.MemberName",
          "java.lang.invoke.ResolvedMethodName",
          "java.lang.invoke.MethodHandleNatives$CallSiteContext" ->
        List.of(8);
      // Set while an access to memory is made that may fail.
      case "java.lang.InternalError" -> List.of(1);
      // The tool interface's state and its counter, the recorder's epoch, a flag.
      case "java.lang.Thread" -> virtualThreads ? List.of(8, 4, 2, 1) : List.of();
      default -> List.of();
    };
  }
}
