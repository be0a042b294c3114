package io.tare.formats.profile;

import io.tare.formats.NotThisFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The outermost fields of a protocol buffer, as they come: none but the one that is looked at is in memory. */
final class ProtoStream {
  private static final int FIRST_BYTES = 1 << 16;
  private static final int LENGTH = 2;

  private final String artifact;
  private final InputStream in;
  private final long mostBytes;
  private byte[] window = new byte[FIRST_BYTES];
  private int at;
  private int filled;
  private long passed;
  private int field;
  private ProtoReader one;

  ProtoStream(String artifact, InputStream in, long mostBytes) {
    this.artifact = artifact;
    this.in = in;
    this.mostBytes = mostBytes;
    this.one = new ProtoReader(artifact, window, 0, 0);
  }

  /** Goes to the next field; false behind the last. */
  boolean next() throws NotThisFormat, IOException {
    if (at == filled && !more(1)) {
      return false;
    }
    long tag = varint(0);
    int begin = varintBytes;
    long bytes = begin;
    switch ((int) (tag & 7)) {
      case 0 -> {
        varint(begin);
        bytes += varintBytes;
      }
      case 1 -> bytes += Long.BYTES;
      case 5 -> bytes += Integer.BYTES;
      case LENGTH -> {
        long length = varint(begin);
        bytes += varintBytes + length;
        if (length < 0) {
          throw torn();
        }
      }
      default -> throw torn();
    }
    if (bytes > mostBytes || !more((int) bytes)) {
      throw torn();
    }
    one = new ProtoReader(artifact, window, at, at + (int) bytes);
    one.next();
    field = one.field();
    at += (int) bytes;
    return true;
  }

  int field() {
    return field;
  }

  /** The field itself; it holds until the next one. */
  ProtoReader value() {
    return one;
  }

  private int varintBytes;

  /** The number that begins so many bytes from here. */
  private long varint(int from) throws NotThisFormat, IOException {
    long value = 0;
    for (int i = 0; i < 10; i++) {
      if (at + from + i >= filled && !more(from + i + 1)) {
        throw torn();
      }
      byte part = window[at + from + i];
      value |= (part & 0x7fL) << (7 * i);
      if (part >= 0) {
        varintBytes = i + 1;
        return value;
      }
    }
    throw torn();
  }

  /** Sees to it that so many bytes are there from here on; false where fewer come. What is claimed takes no memory until it comes. */
  private boolean more(int bytes) throws NotThisFormat, IOException {
    while (filled - at < bytes) {
      if (at > 0) {
        System.arraycopy(window, at, window, 0, filled - at);
        filled -= at;
        at = 0;
      }
      if (filled == window.length) {
        window = Arrays.copyOf(window, 2 * window.length);
      }
      int count = in.read(window, filled, window.length - filled);
      if (count < 0) {
        return false;
      }
      filled += count;
      passed += count;
      if (passed > mostBytes) {
        throw new NotThisFormat(artifact + " unpacks to more than " + mostBytes + " bytes");
      }
    }
    return true;
  }

  private NotThisFormat torn() {
    return new NotThisFormat(artifact + " is no pprof profile, or torn, at byte " + (passed - filled + at));
  }
}
