package io.tare.model;

/** A half-open range of addresses, {@code [start, end)}; addresses are unsigned. */
public record AddressRange(long start, long end) implements Comparable<AddressRange> {
  public AddressRange {
    if (Long.compareUnsigned(start, end) > 0) {
      throw new IllegalArgumentException(
          "range ends before it starts: " + Long.toHexString(start) + "-" + Long.toHexString(end));
    }
  }

  /** The range of {@code bytes} bytes at {@code start}. */
  public static AddressRange ofSize(long start, long bytes) {
    return new AddressRange(start, start + bytes);
  }

  public long bytes() {
    return end - start;
  }

  public boolean isEmpty() {
    return start == end;
  }

  public boolean contains(long address) {
    return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0;
  }

  public boolean contains(AddressRange other) {
    return Long.compareUnsigned(start, other.start) <= 0 && Long.compareUnsigned(other.end, end) <= 0;
  }

  public boolean intersects(AddressRange other) {
    return Long.compareUnsigned(start, other.end) < 0 && Long.compareUnsigned(other.start, end) < 0;
  }

  /** What both ranges share; empty, at the later start, when they do not meet. */
  public AddressRange intersection(AddressRange other) {
    long from = Long.compareUnsigned(start, other.start) >= 0 ? start : other.start;
    long to = Long.compareUnsigned(end, other.end) <= 0 ? end : other.end;
    return Long.compareUnsigned(from, to) < 0 ? new AddressRange(from, to) : new AddressRange(from, from);
  }

  @Override
  public int compareTo(AddressRange other) {
    int byStart = Long.compareUnsigned(start, other.start);
    return byStart != 0 ? byStart : Long.compareUnsigned(end, other.end);
  }

  /** The range as the kernel prints it: {@code 7f00-7f10}. */
  @Override
  public String toString() {
    return Long.toHexString(start) + "-" + Long.toHexString(end);
  }
}
