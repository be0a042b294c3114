package io.tare.cases.faults.self;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A file of the kernel read line by line into one buffer: a program that weighs its own heap must not fill it by looking. */
final class ByteLines implements Closeable {
  private final FileInputStream input;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] line = new byte[1 << 13];
  private int buffered;
  private int position;
  private int length;

  ByteLines(String path) throws IOException {
    input = new FileInputStream(path);
  }

  /** Moves to the next line; false at the end of the file. */
  boolean next() throws IOException {
    length = 0;
    for (int b = read(); b >= 0; b = read()) {
      if (b == '\n') {
        return true;
      }
      if (length < line.length) {
        line[length++] = (byte) b;
      }
    }
    return length > 0;
  }

  private int read() throws IOException {
    if (position == buffered) {
      buffered = Math.max(0, input.read(buffer));
      position = 0;
    }
    return position < buffered ? buffer[position++] & 0xff : -1;
  }

  int length() {
    return length;
  }

  byte at(int index) {
    return line[index];
  }

  boolean startsWith(byte[] prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (i >= length || line[i] != prefix[i]) {
        return false;
      }
    }
    return length >= prefix.length;
  }

  /** The first number after {@code from}, in this radix. */
  long number(int from, int radix) {
    int i = from;
    while (i < length && Character.digit(line[i], radix) < 0) {
      i++;
    }
    long value = 0;
    while (i < length && Character.digit(line[i], radix) >= 0) {
      value = value * radix + Character.digit(line[i++], radix);
    }
    return value;
  }

  int indexOf(char wanted, int from) {
    for (int i = from; i < length; i++) {
      if (line[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  String text(int from, int to) {
    return new String(line, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
