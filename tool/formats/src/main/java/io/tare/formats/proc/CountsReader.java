package io.tare.formats.proc;

import io.tare.model.proc.MappingBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gathers the {@code Key: number kB} lines of one mapping after the other. */
final class CountsReader {
  private static final String[] NAMES = {"Rss", "Pss", "Shared_Clean", "Shared_Dirty", "Private_Clean", "Private_Dirty",
      "Referenced", "Anonymous", "LazyFree", "AnonHugePages", "Swap", "Locked", "Shared_Hugetlb", "Private_Hugetlb"};
  private static final byte[][] KEYS = Arrays.stream(NAMES).map(name -> name.getBytes(StandardCharsets.US_ASCII))
      .toArray(byte[][]::new);
  private static final int ALWAYS_PRINTED = 0b111111;
  private static final int UNKNOWN = -1;

  private final byte[] bytes;
  private final long[] counts = new long[NAMES.length];
  private int seen;
  private int seenInFirst;
  private int expected;

  CountsReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Forgets the mapping before. */
  void start() {
    Arrays.fill(counts, 0);
    seenInFirst = seenInFirst == 0 ? seen : seenInFirst;
    seen = 0;
    expected = 0;
  }

  boolean hasRss() {
    return (seen & 1) != 0;
  }

  /** Whether a field is missing that every kernel prints, or that the first mapping had: all have the same. */
  boolean lacksFields() {
    return ((seenInFirst | ALWAYS_PRINTED) & ~seen) != 0;
  }

  /** Which count the key names; negative for one that is not wanted. The kernel's order is tried first. */
  int field(int from, int to) {
    for (int tries = 0; tries < KEYS.length; tries++) {
      int field = expected + tries < KEYS.length ? expected + tries : expected + tries - KEYS.length;
      byte[] key = KEYS[field];
      if (key.length == to - from && Arrays.equals(key, 0, key.length, bytes, from, to)) {
        expected = field + 1 < KEYS.length ? field + 1 : 0;
        return field;
      }
    }
    return UNKNOWN;
  }

  void set(int field, long count) {
    counts[field] = count;
    seen |= 1 << field;
  }

  /** The name of the first count that the mapping is too small for; empty when all fit. */
  String tooLarge(long mappingBytes) {
    for (int i = 0; i < counts.length; i++) {
      if (Long.compareUnsigned(counts[i], mappingBytes) > 0) {
        return NAMES[i];
      }
    }
    return "";
  }

  MappingBytes counts() {
    return new MappingBytes(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[7], counts[8],
        counts[9], counts[10], counts[11], counts[12] + counts[13], counts[6]);
  }
}
