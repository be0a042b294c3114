package io.tare.yaml.basis;

/**
 * Bytes of each part of a document: how many there are, how many of them hold something. {@code stackReserved} is address space that was needed while
 * parsing; it is given back.
 */
public record Parts(long textBytes, boolean textMapped, long tapeCapacity, long tapeUsed, long decodedCapacity,
    long decodedUsed,
    long stackReserved, boolean onHeap) {
  /** What the kernel can't drop: all but a mapped text. */
  public long anonymousBytes() {
    return tapeCapacity + decodedCapacity + (textMapped ? 0 : textBytes);
  }

  /** What is there and holds nothing. */
  public long unusedBytes() {
    return tapeCapacity - tapeUsed + decodedCapacity - decodedUsed;
  }
}
