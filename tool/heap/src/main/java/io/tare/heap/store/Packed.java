package io.tare.heap.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers and texts one after the other, read in the order in which they were written. */
public final class Packed {
  private Packed() {}

  /** Grows as it is written to. */
  public static final class Out {
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 12);

    public void i1(int value) {
      room(1).put((byte) value);
    }

    public void i4(int value) {
      room(4).putInt(value);
    }

    public void i8(long value) {
      room(8).putLong(value);
    }

    public void text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      i4(bytes.length);
      room(bytes.length).put(bytes);
    }

    public byte[] bytes() {
      return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer room(int bytes) {
      if (buffer.remaining() < bytes) {
        int wanted = Math.addExact(buffer.position(), bytes);
        ByteBuffer larger = ByteBuffer.allocate(Math.max(wanted, (int) Math.min(2L * buffer.capacity(), 1L << 30)));
        buffer = larger.put(buffer.flip());
      }
      return buffer;
    }
  }

  /** Reads what an {@link Out} has written. */
  public static final class In {
    private final ByteBuffer buffer;

    public In(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    public int i1() {
      return buffer.get();
    }

    public int i4() {
      return buffer.getInt();
    }

    public long i8() {
      return buffer.getLong();
    }

    public String text() {
      int length = buffer.getInt();
      if (length < 0 || length > buffer.remaining()) {
        throw new BufferUnderflowException();
      }
      byte[] bytes = new byte[length];
      buffer.get(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
