package io.tare.formats.marks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds marks files as {@code docs/marks-format.md} describes them. */
public final class MarksPageBuilder {
  static final long EPOCH = 1_763_712_000_000_000_000L;
  private static final long MONOTONIC = 5_000_000_000L;

  private final ByteBuffer bytes;
  private final int records;

  public MarksPageBuilder(int records, long pid, long startMillis) {
    this.records = records;
    bytes = ByteBuffer.allocate(256 + 256 * records).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(0, "TAREMARK".getBytes(StandardCharsets.US_ASCII));
    bytes.putInt(8, 1).putInt(12, 256).putInt(16, 256).putInt(20, records).putLong(24, pid).putLong(32, startMillis);
    bytes.putLong(40, EPOCH).putLong(48, MONOTONIC).putInt(56, 16).putInt(60, 88);
  }

  public MarksPageBuilder mark(long ticket, String label, long items, long... stats) {
    int at = 256 + 256 * (int) (ticket % records);
    byte[] text = label.getBytes(StandardCharsets.UTF_8);
    bytes.put(at + 40, new byte[88]).put(at + 40, text);
    bytes.putLong(at + 8, MONOTONIC + ticket * 1_000_000).putLong(at + 16, items).putLong(at + 24, 1);
    bytes.putShort(at + 32, (short) text.length).putShort(at + 34, (short) (stats.length > 0 ? 1 : 0));
    for (int i = 0; i < 16; i++) {
      bytes.putLong(at + 128 + 8 * i, i < stats.length ? stats[i] : Long.MIN_VALUE);
    }
    long mix = ticket;
    for (int offset = 8; offset < (stats.length > 0 ? 256 : 128); offset += 8) {
      long word = offset == 32 ? bytes.getLong(at + offset) & 0xffffffffL : bytes.getLong(at + offset);
      mix = (Long.rotateLeft(mix, 5) ^ word) * 0x9e3779b97f4a7c15L;
    }
    bytes.putInt(at + 36, (int) (mix >>> 32)).putLong(at, 2 * ticket + 2);
    bytes.putLong(64, ticket + 1);
    return this;
  }

  /** A writer that was killed while it wrote the mark. */
  public MarksPageBuilder half(long ticket) {
    bytes.putLong(256 + 256 * (int) (ticket % records), 2 * ticket + 1);
    return this;
  }

  public byte[] bytes() {
    return bytes.array().clone();
  }
}
