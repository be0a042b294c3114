package io.tare.formats.jvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Where in an hsperfdata file the numbers stand. They stay there while the JVM lives, so a reading every second looks only at them.
 * See {@link PerfDataBytes} for the format.
 */
public record PerfDataOffsets(ByteOrder order, int entries, Map<String, Integer> offsets) {
  private static final int MARK = 0xcafec0c0;
  private static final int HEAD_BYTES = 32;
  private static final int ENTRY_BYTES = 20;
  private static final int LONGEST_NAME = 512;

  /** Where the file says how many entries it has: the number grows while the JVM starts. */
  public static final int ENTRY_COUNT_OFFSET = 28;

  public PerfDataOffsets {
    offsets = Map.copyOf(offsets);
  }

  /** The offsets as far as the entries are whole; none when this is no such file. */
  public static PerfDataOffsets of(byte[] content, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(content, 0, Math.min(length, content.length));
    Map<String, Integer> offsets = new HashMap<>();
    if (bytes.limit() < HEAD_BYTES || bytes.getInt(0) != MARK) {
      return new PerfDataOffsets(ByteOrder.LITTLE_ENDIAN, 0, offsets);
    }
    bytes.order(bytes.get(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long at = bytes.getInt(24);
    int count = bytes.getInt(ENTRY_COUNT_OFFSET);
    for (int i = 0; i < count && at >= HEAD_BYTES && at + ENTRY_BYTES <= bytes.limit(); i++) {
      int entryBytes = bytes.getInt((int) at);
      if (entryBytes < ENTRY_BYTES || at + entryBytes > bytes.limit()) {
        break;
      }
      add(bytes, (int) at, entryBytes, offsets);
      at += entryBytes;
    }
    return new PerfDataOffsets(bytes.order(), count, offsets);
  }

  private static void add(ByteBuffer bytes, int at, int entryBytes, Map<String, Integer> offsets) {
    int name = bytes.getInt(at + 4);
    int data = bytes.getInt(at + 16);
    boolean isNumber = bytes.get(at + 12) == 'J' && bytes.getInt(at + 8) == 0;
    boolean isWithin = name >= ENTRY_BYTES && name < entryBytes && data >= ENTRY_BYTES
        && data <= entryBytes - Long.BYTES;
    if (isNumber && isWithin) {
      offsets.put(text(bytes, at + name, at + entryBytes), at + data);
    }
  }

  private static String text(ByteBuffer bytes, int from, int end) {
    int to = from;
    while (to < end && to - from < LONGEST_NAME && bytes.get(to) != 0) {
      to++;
    }
    byte[] text = new byte[to - from];
    bytes.get(from, text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
