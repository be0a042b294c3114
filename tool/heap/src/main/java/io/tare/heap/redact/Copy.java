package io.tare.heap.redact;

import io.tare.heap.hprof.Window;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Reads from a dump and writes what was read, or something else of the same length. */
final class Copy {
  private static final int BUFFER = 256 << 10;

  /** What stands where contents stood: one byte at even places, another at odd ones. */
  static final class Blank {
    static final Blank ZEROS = new Blank(0, 0);
    static final Blank LETTERS = new Blank('*', '*');
    static final Blank WIDE_LETTERS = new Blank(0, '*');

    private final byte[] bytes = new byte[BUFFER + 1];

    private Blank(int even, int odd) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (i % 2 == 0 ? even : odd);
      }
    }
  }

  private final Window from;
  private final OutputStream to;
  private final byte[] buffer = new byte[BUFFER];
  private int used;
  private long written;

  Copy(Window from, OutputStream to) {
    this.from = from;
    this.to = to;
  }

  long position() {
    return from.position();
  }

  long copied() {
    return written + used;
  }

  int idBytes() {
    return from.idBytes();
  }

  int u1() throws IOException {
    take(1);
    return buffer[used - 1] & 0xff;
  }

  int u2() throws IOException {
    return (int) number(2);
  }

  long u4() throws IOException {
    return number(4);
  }

  long id() throws IOException {
    return number(from.idBytes());
  }

  private long number(int bytes) throws IOException {
    take(bytes);
    long value = 0;
    for (int i = used - bytes; i < used; i++) {
      value = (value << 8) | (buffer[i] & 0xff);
    }
    return value;
  }

  void bytes(long count) throws IOException {
    for (long left = count; left > 0;) {
      int ready = ready(left);
      take(ready);
      left -= ready;
    }
  }

  /** Takes a short record and blanks the parts that are given: where each begins and ends in it. */
  void bytes(int count, int[] blanks) throws IOException {
    take(count);
    int start = used - count;
    for (int i = 0; i < blanks.length; i += 2) {
      Arrays.fill(buffer, start + blanks[i], start + blanks[i + 1], (byte) 0);
    }
  }

  /** How many bytes can be taken for {@link #bytes(int, int[])}. */
  static int longestRecord() {
    return BUFFER;
  }

  /** Writes this in place of what stands there. */
  void blank(long count, Blank with) throws IOException {
    long done = 0;
    while (done < count) {
      int ready = ready(count - done);
      room(ready);
      from.skip(ready);
      System.arraycopy(with.bytes, (int) (done % 2), buffer, used, ready);
      used += ready;
      done += ready;
    }
  }

  /** Writes out what is still held back. */
  void finish() throws IOException {
    to.write(buffer, 0, used);
    written += used;
    used = 0;
  }

  private int ready(long wanted) throws IOException {
    int ready = from.ready(1, Math.min(wanted, BUFFER));
    need(Math.max(ready, 1));
    return ready;
  }

  private void take(int count) throws IOException {
    need(count);
    room(count);
    from.read(buffer, used, count);
    used += count;
  }

  private void room(int count) throws IOException {
    if (used + count > BUFFER) {
      finish();
    }
  }

  private void need(int bytes) throws IOException {
    if (!from.has(bytes)) {
      throw new EOFException("the dump ends at offset " + from.position());
    }
  }
}
