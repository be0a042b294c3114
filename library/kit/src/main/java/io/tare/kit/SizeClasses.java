package io.tare.kit;

/** The sizes of pooled buffers: 256 bytes, then four steps to each doubling, so that at most a fifth of a buffer beyond 256 bytes is waste. */
final class SizeClasses {
  static final int SMALLEST_BYTES = 256;
  private static final int SMALLEST_LOG = 8;

  private SizeClasses() {}

  /** The smallest class whose buffers hold so many bytes. */
  static int indexOf(int bytes) {
    if (bytes <= SMALLEST_BYTES) {
      return 0;
    }
    int last = bytes - 1;
    int log = 31 - Integer.numberOfLeadingZeros(last);
    int step = (last >>> (log - 2)) & 3;
    return (log - SMALLEST_LOG) * 4 + step + 1;
  }

  static int bytesOf(int index) {
    if (index == 0) {
      return SMALLEST_BYTES;
    }
    int log = (index - 1) / 4 + SMALLEST_LOG;
    int step = (index - 1) % 4;
    return (1 << log) + ((step + 1) << (log - 2));
  }
}
