package io.tare.capture.memory.hotspot.census;

import java.util.Arrays;

/**
 * What one part of the heap holds.
 *
 * @param classes numbers of the classes that have objects here
 * @param objects of each of them, as {@code bytes}
 * @param unparsedBytes that could not be told apart into objects
 */
@SuppressWarnings("ArrayRecordComponent") // millions of objects; compared by content below
record PartCount(int[] classes, long[] objects, long[] bytes, long unparsedBytes) {
  static final PartCount NOTHING = new PartCount(new int[0], new long[0], new long[0], 0);

  /** As much of everything, rounded. */
  PartCount times(double factor) {
    return factor == 1
        ? this
        : new PartCount(classes, Arrays.stream(objects).map(count -> Math.round(count * factor)).toArray(),
            Arrays.stream(bytes).map(count -> Math.round(count * factor)).toArray(),
            Math.round(unparsedBytes * factor));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PartCount count && Arrays.equals(classes, count.classes)
        && Arrays.equals(objects, count.objects) && Arrays.equals(bytes, count.bytes)
        && unparsedBytes == count.unparsedBytes;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Adds up objects and bytes by the class's number. */
  static final class Sum {
    /** Two of each number: objects and bytes. */
    private long[] sums = new long[1 << 11];
    private long unparsedBytes;

    long objects(int number) {
      return 2 * number < sums.length ? sums[2 * number] : 0;
    }

    long bytes(int number) {
      return 2 * number < sums.length ? sums[2 * number + 1] : 0;
    }

    /** The sums themselves, with room for so many classes, for a loop that runs once an object. */
    long[] sumsFor(int classes) {
      if (2 * classes > sums.length) {
        sums = Arrays.copyOf(sums, Math.max(2 * classes, 2 * sums.length));
      }
      return sums;
    }

    long unparsedBytes() {
      return unparsedBytes;
    }

    void unparsed(long more) {
      unparsedBytes += more;
    }

    void add(PartCount part) {
      for (int i = 0; i < part.classes().length; i++) {
        int number = part.classes()[i];
        sumsFor(number + 1);
        sums[2 * number] += part.objects()[i];
        sums[2 * number + 1] += part.bytes()[i];
      }
      unparsedBytes += part.unparsedBytes();
    }

    PartCount take() {
      int kinds = 0;
      for (int at = 0; at < sums.length; at += 2) {
        kinds += sums[at] == 0 ? 0 : 1;
      }
      PartCount part = new PartCount(new int[kinds], new long[kinds], new long[kinds], unparsedBytes);
      for (int number = 0, at = 0; at < kinds; number++) {
        if (sums[2 * number] != 0) {
          part.classes()[at] = number;
          part.objects()[at] = sums[2 * number];
          part.bytes()[at++] = sums[2 * number + 1];
        }
      }
      return part;
    }

    void clear() {
      Arrays.fill(sums, 0);
      unparsedBytes = 0;
    }
  }
}
