package io.tare.capture.proc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where in a hsperfdata file the text values lie. The file begins with {@code 0xcafec0c0}, the byte order, and where the entries
 * start and how many there are; an entry gives its own length, and the offsets of its name and value.
 */
record PerfEntries(List<Text> texts) {
  private static final int MAGIC = 0xcafec0c0;
  private static final int PROLOGUE_BYTES = 32;
  private static final int ENTRY_BYTES = 20;
  private static final int LONGEST_NAME = 512;

  PerfEntries {
    texts = List.copyOf(texts);
  }

  /** One text value: the counter's name, and where its bytes are. */
  record Text(String name, int from, int length) {
    String value(byte[] file) {
      int end = from;
      while (end < from + length && file[end] != 0) {
        end++;
      }
      return new String(file, from, end - from, StandardCharsets.UTF_8);
    }
  }

  /** Empty when the file is not what it should be in any of its entries: then nothing of it can be trusted. */
  static Optional<PerfEntries> parse(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < PROLOGUE_BYTES || bytes.getInt(0) != MAGIC) {
      return Optional.empty();
    }
    bytes.order(bytes.get(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int at = bytes.getInt(24);
    int count = bytes.getInt(28);
    List<Text> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (at < PROLOGUE_BYTES || at > file.length - ENTRY_BYTES) {
        return Optional.empty();
      }
      long length = bytes.getInt(at);
      if (length < ENTRY_BYTES || at + length > file.length || !entry(bytes, at, (int) length, texts)) {
        return Optional.empty();
      }
      at += (int) length;
    }
    return Optional.of(new PerfEntries(texts));
  }

  private static boolean entry(ByteBuffer bytes, int at, int length, List<Text> texts) {
    int nameAt = bytes.getInt(at + 4);
    int vectorLength = bytes.getInt(at + 8);
    int dataAt = bytes.getInt(at + 16);
    if (nameAt < ENTRY_BYTES || nameAt >= length || dataAt < 0 || dataAt > length || vectorLength < 0
        || vectorLength > length - dataAt) {
      return false;
    }
    if (bytes.get(at + 12) == 'B') {
      texts.add(new Text(name(bytes, at + nameAt, at + length), at + dataAt, vectorLength));
    }
    return true;
  }

  private static String name(ByteBuffer bytes, int from, int end) {
    int to = from;
    while (to < end && to - from < LONGEST_NAME && bytes.get(to) != 0) {
      to++;
    }
    byte[] name = new byte[to - from];
    bytes.get(from, name);
    return new String(name, StandardCharsets.UTF_8);
  }
}
