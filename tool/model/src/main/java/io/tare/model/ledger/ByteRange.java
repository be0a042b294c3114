package io.tare.model.ledger;

/** A number of bytes as far as it is known: at least this, at most that. Both are the same where it is known exactly. */
public record ByteRange(long leastBytes, long mostBytes) {
  public static final ByteRange NONE = new ByteRange(0, 0);

  public ByteRange {
    if (leastBytes > mostBytes) {
      throw new IllegalArgumentException("at least " + leastBytes + ", but at most " + mostBytes);
    }
  }

  public static ByteRange exactly(long bytes) {
    return new ByteRange(bytes, bytes);
  }

  /** Between nothing and so many. */
  public static ByteRange upTo(long bytes) {
    return new ByteRange(0, bytes);
  }

  public boolean isExact() {
    return leastBytes == mostBytes;
  }

  public ByteRange plus(ByteRange more) {
    return new ByteRange(Math.addExact(leastBytes, more.leastBytes), Math.addExact(mostBytes, more.mostBytes));
  }

  /** What is left of the whole when this is taken from it, never below zero. */
  public ByteRange takenFrom(long wholeBytes) {
    return new ByteRange(Math.max(0, wholeBytes - mostBytes), Math.max(0, wholeBytes - leastBytes));
  }
}
