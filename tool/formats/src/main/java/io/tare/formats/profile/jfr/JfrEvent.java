package io.tare.formats.profile.jfr;

import java.util.Arrays;
import java.util.Optional;

/** What an event counts, and by which member; the JVM has the first by itself, the others where they are switched on. */
enum JfrEvent {
  SAMPLE("jdk.ObjectAllocationSample", "weight", false),
  IN_BUFFER("jdk.ObjectAllocationInNewTLAB", "tlabSize",
      false),
  OUTSIDE("jdk.ObjectAllocationOutsideTLAB", "allocationSize", false),
  OLD("jdk.OldObjectSample",
      "objectSize", true),
  LIVE("profiler.LiveObject", "allocationSize",
      true),
  MALLOC("profiler.Malloc", "size", false);

  final String type;
  final String bytes;
  final boolean isInUse;

  JfrEvent(String type, String bytes, boolean isInUse) {
    this.type = type;
    this.bytes = bytes;
    this.isInUse = isInUse;
  }

  static Optional<JfrEvent> of(String type) {
    return Arrays.stream(values()).filter(event -> event.type.equals(type)).findFirst();
  }

  /** The member that says of what it was. */
  String member() {
    return this == OLD ? "object" : "objectClass";
  }

  /** Whether it is one allocation that took a buffer or got none: where {@link #SAMPLE} is on too, that tells the same bytes. */
  boolean isOfBuffers() {
    return this == IN_BUFFER || this == OUTSIDE;
  }
}
