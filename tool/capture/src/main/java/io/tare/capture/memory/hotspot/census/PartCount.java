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
    private long[] objects = new long[1 << 10];
    private long[] bytes = new long[1 << 10];
    private long unparsedBytes;

    long[] objects() {
      return objects;
    }

    long[] bytes() {
      return bytes;
    }

    long unparsedBytes() {
      return unparsedBytes;
    }

    void unparsed(long more) {
      unparsedBytes += more;
    }

    void add(int number, long count, long size) {
      if (number >= objects.length) {
        objects = Arrays.copyOf(objects, Math.max(number + 1, 2 * objects.length));
        bytes = Arrays.copyOf(bytes, objects.length);
      }
      objects[number] += count;
      bytes[number] += size;
    }

    void add(PartCount part) {
      for (int i = 0; i < part.classes().length; i++) {
        add(part.classes()[i], part.objects()[i], part.bytes()[i]);
      }
      unparsedBytes += part.unparsedBytes();
    }

    PartCount take() {
      int kinds = 0;
      for (long count : objects) {
        kinds += count == 0 ? 0 : 1;
      }
      PartCount part = new PartCount(new int[kinds], new long[kinds], new long[kinds], unparsedBytes);
      for (int number = 0, at = 0; number < objects.length; number++) {
        if (objects[number] != 0) {
          part.classes()[at] = number;
          part.objects()[at] = objects[number];
          part.bytes()[at++] = bytes[number];
        }
      }
      return part;
    }

    void clear() {
      Arrays.fill(objects, 0);
      Arrays.fill(bytes, 0);
      unparsedBytes = 0;
    }
  }
}
