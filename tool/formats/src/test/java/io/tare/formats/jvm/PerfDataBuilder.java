package io.tare.formats.jvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds hsperfdata files for tests. */
final class PerfDataBuilder {
  static final int HEAD_BYTES = 32;
  private static final int ENTRY_HEAD_BYTES = 20;

  private final ByteBuffer out;
  private int entries;

  PerfDataBuilder(ByteOrder order) {
    out = ByteBuffer.allocate(4096).putInt(0xcafec0c0).order(order);
    out.put((byte) (order == ByteOrder.BIG_ENDIAN ? 0 : 1)).put((byte) 2).put((byte) 0).put((byte) 1);
    out.position(HEAD_BYTES);
  }

  PerfDataBuilder number(String name, long value) {
    byte[] data = ByteBuffer.allocate(8).order(out.order()).putLong(value).array();
    return entry(name, 'J', 0, data);
  }

  PerfDataBuilder string(String name, String value) {
    byte[] data = (value + "\0\0").getBytes(StandardCharsets.UTF_8);
    return entry(name, 'B', data.length, data);
  }

  private PerfDataBuilder entry(String name, char type, int vectorLength, byte[] data) {
    byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
    int dataOffset = (ENTRY_HEAD_BYTES + nameBytes.length + 7) / 8 * 8;
    int length = (dataOffset + data.length + 7) / 8 * 8;
    int start = out.position();
    out.putInt(length).putInt(ENTRY_HEAD_BYTES).putInt(vectorLength);
    out.put((byte) type).put((byte) 0).put((byte) 1).put((byte) 1).putInt(dataOffset);
    out.put(nameBytes).position(start + dataOffset).put(data).position(start + length);
    entries++;
    return this;
  }

  byte[] bytes() {
    out.putInt(8, out.position()).putInt(24, HEAD_BYTES).putInt(28, entries);
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  static void putInt(byte[] bytes, int offset, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
  }
}
