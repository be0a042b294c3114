package io.tare.formats.profile;

import io.tare.formats.NotThisFormat;
import java.util.Arrays;

/** The fields of one message of a protocol buffer, one after the other. */
final class ProtoReader {
  private static final int NUMBER = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;

  private final String artifact;
  private final byte[] content;
  private final int end;
  private int at;
  private int field;
  private int kind;
  private long number;
  private int from;
  private int to;

  ProtoReader(String artifact, byte[] content, int at, int end) {
    this.artifact = artifact;
    this.content = content;
    this.at = at;
    this.end = end;
  }

  /** Goes to the next field; false behind the last. */
  boolean next() throws NotThisFormat {
    if (at == end) {
      return false;
    }
    long tag = varint();
    field = (int) Math.min(tag >>> 3, Integer.MAX_VALUE);
    kind = (int) (tag & 7);
    if (tag >>> 3 == 0) {
      throw torn();
    }
    switch (kind) {
      case NUMBER -> number = varint();
      case EIGHT_BYTES -> skip(8);
      case FOUR_BYTES -> skip(4);
      case BYTES -> {
        long length = varint();
        from = at;
        skip(length);
        to = at;
      }
      default -> throw torn();
    }
    return true;
  }

  int field() {
    return field;
  }

  boolean isNumber() {
    return kind == NUMBER;
  }

  long number() throws NotThisFormat {
    if (kind != NUMBER) {
      throw torn();
    }
    return number;
  }

  ProtoReader message() throws NotThisFormat {
    if (kind != BYTES) {
      throw torn();
    }
    return new ProtoReader(artifact, content, from, to);
  }

  byte[] bytes() throws NotThisFormat {
    if (kind != BYTES) {
      throw torn();
    }
    return Arrays.copyOfRange(content, from, to);
  }

  /** The numbers of a repeated field, packed or one by one. */
  void eachNumber(NumberReader numbers) throws NotThisFormat {
    if (kind == NUMBER) {
      numbers.read(number);
      return;
    }
    ProtoReader packed = message();
    while (packed.at < packed.end) {
      numbers.read(packed.varint());
    }
  }

  interface NumberReader {
    void read(long number) throws NotThisFormat;
  }

  private void skip(long length) throws NotThisFormat {
    if (length < 0 || length > end - at) {
      throw torn();
    }
    at += (int) length;
  }

  private long varint() throws NotThisFormat {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at == end) {
        throw torn();
      }
      byte part = content[at++];
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw torn();
  }

  private NotThisFormat torn() {
    return new NotThisFormat(artifact + " is no pprof profile, or torn, at byte " + at);
  }
}
