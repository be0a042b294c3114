package io.tare.heap.hprof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A place in the dump with some bytes around it in memory. One thread's own.
 *
 * <p>{@link #has} brings bytes in; the reading methods after it don't look whether they are there.
 */
public final class Window {
  public static final int LARGE = 256 << 10;
  public static final int SMALL = 8 << 10;

  private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final DumpFile file;
  private final boolean wideIds;
  private final int size;
  private byte[] bytes;
  private long base;
  private int at;
  private int limit;

  public Window(DumpFile file, int idBytes, int size) {
    this.file = file;
    this.wideIds = idBytes == 8;
    this.size = size;
    this.bytes = new byte[size];
  }

  public int idBytes() {
    return wideIds ? 8 : 4;
  }

  public long position() {
    return base + at;
  }

  public void seek(long position) {
    long offset = position - base;
    if (offset >= 0 && offset <= limit) {
      at = (int) offset;
    } else {
      base = position;
      at = 0;
      limit = 0;
    }
  }

  public void skip(long count) {
    seek(position() + count);
  }

  /** Makes {@code count} bytes from here readable; false if the dump ends before. */
  public boolean has(int count) {
    return at + count <= limit || load(count);
  }

  /** How many of the wanted bytes are readable without loading, after trying to load at least {@code least}. */
  public int ready(int least, long wanted) {
    if (!has(least)) {
      return 0;
    }
    return (int) Math.min(wanted, limit - at);
  }

  private boolean load(int count) {
    if (count > bytes.length) {
      byte[] larger = new byte[Math.max(count, size)];
      System.arraycopy(bytes, at, larger, 0, limit - at);
      bytes = larger;
    } else {
      System.arraycopy(bytes, at, bytes, 0, limit - at);
    }
    base += at;
    limit -= at;
    at = 0;
    try {
      limit += file.read(base + limit, bytes, limit, bytes.length - limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count <= limit;
  }

  public int u1() {
    return bytes[at++] & 0xff;
  }

  public int u2() {
    int value = (short) SHORT.get(bytes, at) & 0xffff;
    at += 2;
    return value;
  }

  public int i4() {
    int value = (int) INT.get(bytes, at);
    at += 4;
    return value;
  }

  public long u4() {
    return i4() & 0xffff_ffffL;
  }

  public long i8() {
    long value = (long) LONG.get(bytes, at);
    at += 8;
    return value;
  }

  public long id() {
    return wideIds ? i8() : u4();
  }

  /** The byte so many bytes further on. */
  public int u1At(int offset) {
    return bytes[at + offset] & 0xff;
  }

  public int u2At(int offset) {
    return (short) SHORT.get(bytes, at + offset) & 0xffff;
  }

  public int i4At(int offset) {
    return (int) INT.get(bytes, at + offset);
  }

  public long i8At(int offset) {
    return (long) LONG.get(bytes, at + offset);
  }

  public long idAt(int offset) {
    return wideIds ? (long) LONG.get(bytes, at + offset) : (int) INT.get(bytes, at + offset) & 0xffff_ffffL;
  }

  /** The next bytes; moves past them. */
  public void read(byte[] into, int offset, int count) {
    System.arraycopy(bytes, at, into, offset, count);
    at += count;
  }

  /** The next bytes, as many as fit; does not move. */
  public void copyTo(byte[] into) {
    System.arraycopy(bytes, at, into, 0, into.length);
  }

  /** The next bytes as text; moves past them. */
  public String text(int length) {
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}
