package io.tare.heap.redact;

import io.tare.heap.hprof.Window;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;

/** Reads from a dump and writes what was read, or something else of the same length. */
final class Copy {
  private static final int PIECE = 64 << 10;
  private static final int LONGEST_PATTERN = 8;

  private final Window from;
  private final OutputStream to;
  private final byte[] piece = new byte[PIECE + LONGEST_PATTERN];
  private long copied;

  Copy(Window from, OutputStream to) {
    this.from = from;
    this.to = to;
  }

  long position() {
    return from.position();
  }

  long copied() {
    return copied;
  }

  int idBytes() {
    return from.idBytes();
  }

  int u1() throws IOException {
    return (int) number(1);
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
    need(bytes);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      int one = from.u1();
      value = value << 8 | one;
      piece[i] = (byte) one;
    }
    write(bytes);
    return value;
  }

  void bytes(long count) throws IOException {
    long left = count;
    while (left > 0) {
      int ready = from.ready(1, Math.min(left, PIECE));
      need(Math.max(ready, 1));
      for (int i = 0; i < ready; i++) {
        piece[i] = (byte) from.u1();
      }
      write(ready);
      left -= ready;
    }
  }

  /** Writes the same byte again and again in place of what stands there. */
  void blank(long count, int with) throws IOException {
    blank(count, new byte[] {(byte) with});
  }

  /** Writes a pattern again and again in place of what stands there. */
  void blank(long count, byte[] pattern) throws IOException {
    for (int i = 0; i < piece.length; i++) {
      piece[i] = pattern[i % pattern.length];
    }
    int phase = 0;
    for (long left = count; left > 0;) {
      int ready = from.ready(1, Math.min(left, PIECE));
      need(Math.max(ready, 1));
      from.skip(ready);
      to.write(piece, phase, ready);
      copied += ready;
      left -= ready;
      phase = (phase + ready) % pattern.length;
    }
  }

  private void write(int count) throws IOException {
    to.write(piece, 0, count);
    copied += count;
  }

  private void need(int bytes) throws IOException {
    if (!from.has(bytes)) {
      throw new EOFException("the dump ends at offset " + from.position());
    }
  }
}
