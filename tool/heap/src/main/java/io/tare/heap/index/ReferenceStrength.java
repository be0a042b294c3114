package io.tare.heap.index;

import io.tare.heap.index.HeapClass.Kind;

/** Which of the special references count as references that hold what they refer to. */
public record ReferenceStrength(boolean weak, boolean soft, boolean phantom, boolean finalizer) {
  /** Soft references and the finalizer queue hold, as they do until memory runs short; weak and phantom ones don't. */
  public static final ReferenceStrength USUAL = new ReferenceStrength(false, true, false, true);

  boolean holds(Kind kind) {
    return switch (kind) {
      case WEAK -> weak;
      case SOFT -> soft;
      case PHANTOM -> phantom;
      case FINAL -> finalizer;
      default -> true;
    };
  }
}
