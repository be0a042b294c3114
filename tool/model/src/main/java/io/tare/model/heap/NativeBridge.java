package io.tare.model.heap;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A heap dump beside the ledger of the same process.
 *
 * @param rest what no Java object owns, by account
 * @param notes reasons for which the two may not fit
 */
public record NativeBridge(long pid, Instant takenAt, List<NativeLine> lines, List<Rest> rest, List<String> notes) {
  public NativeBridge {
    lines = List.copyOf(lines);
    rest = List.copyOf(rest);
    notes = List.copyOf(notes);
  }

  /** Resident bytes of an account that no Java object owns. */
  public record Rest(String account, String title, long residentBytes) {}

  /**
   * One kind of native memory as the heap and as the process tell it.
   *
   * @param objects owners in the heap
   * @param heapBytes as the owners' fields say; empty if they don't say
   * @param processBytes as the process says; empty if it does not
   * @param counterpart where the process's number is from
   * @param meaning what the comparison tells, in a sentence
   */
  public record NativeLine(
      String what, long objects, OptionalLong heapBytes, OptionalLong processBytes, String counterpart,
      String meaning) {}

  /**
   * Objects that own bytes outside the heap.
   *
   * @param kind {@code direct buffers}, {@code mapped files}, {@code arenas}, {@code mapped segments}, {@code inflaters and deflaters}, {@code thread stacks};
   *     {@code … by holder} for the part of a kind that one place holds
   * @param nativeBytes as the objects' own fields say; 0 if they don't say
   * @param details which of them, what the number rests on, or which place it is
   */
  public record NativeOwner(String kind, String className, long objects, long nativeBytes, String details) {}
}
