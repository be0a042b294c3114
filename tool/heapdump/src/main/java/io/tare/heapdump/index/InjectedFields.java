package io.tare.heapdump.index;

import java.util.OptionalInt;

/** Fields that HotSpot adds to some classes and that no dump shows; only pointers, which is enough for the size. */
final class InjectedFields {
  private InjectedFields() {}

  /** Bytes of the hidden field of this class. */
  static OptionalInt of(String className) {
    return switch (className) {
      case "java.lang.ClassLoader",
          "java.lang.Module",
          "java.lang.invoke.MemberName",
          "java.lang.invoke.ResolvedMethodName",
          "java.lang.invoke.MethodHandleNatives$CallSiteContext" ->
        OptionalInt.of(8);
      default -> OptionalInt.empty();
    };
  }
}
