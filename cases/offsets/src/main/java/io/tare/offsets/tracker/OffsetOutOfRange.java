package io.tare.offsets.tracker;

/** An offset that the tracker can't take: says which one, and what it expected. */
public final class OffsetOutOfRange extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private OffsetOutOfRange(String message) {
    super(message);
  }

  static void checkStart(long start) {
    if (start < 0 || start > OffsetTracker.LARGEST) {
      throw new OffsetOutOfRange(
          "a partition starts at an offset from 0 to " + OffsetTracker.LARGEST + ", not " + start);
    }
  }

  static void checkAscending(long offset, long last) {
    if (offset <= last) {
      throw new OffsetOutOfRange("offset " + offset + " was appended after " + last + ": offsets must ascend");
    }
    if (offset > OffsetTracker.LARGEST) {
      throw new OffsetOutOfRange("offset " + offset + " is above the largest one, " + OffsetTracker.LARGEST);
    }
  }

  static void checkReceived(long offset, long last) {
    if (offset < 0 || offset > last) {
      throw new OffsetOutOfRange(
          "offset " + offset + " is done but was never received; the last one received is " + last);
    }
  }
}
