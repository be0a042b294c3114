package io.tare.ledger.bridge;

import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.NativeOwner;
import java.util.List;
import java.util.Set;

/** The objects of a heap that own native memory, by kind. */
record Owners(List<NativeOwner> all) {
  private static final Set<String> COUNTED_WITH_BUFFERS = Set.of("direct buffers", "arenas");

  static Owners of(HeapSummary summary) {
    return new Owners(summary.nativeOwners());
  }

  /** Of a kind whose owners are pairs of objects of two classes. */
  long pairs(String kind) {
    return all.stream().filter(owner -> owner.kind().equals(kind)).mapToLong(NativeOwner::objects).max().orElse(0);
  }

  long objects(String kind) {
    return all.stream().filter(owner -> owner.kind().equals(kind)).mapToLong(NativeOwner::objects).sum();
  }

  long bytes(String kind) {
    return all.stream().filter(owner -> owner.kind().equals(kind)).mapToLong(NativeOwner::nativeBytes).sum();
  }

  /** Direct buffers and arenas of the foreign-memory interface: the JDK counts them together. */
  long reservedObjects() {
    return COUNTED_WITH_BUFFERS.stream().mapToLong(this::objects).sum();
  }

  long reservedBytes() {
    return COUNTED_WITH_BUFFERS.stream().mapToLong(this::bytes).sum();
  }
}
