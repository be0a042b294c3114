package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The numbers and texts of a flight recording, one after the other, between two bounds. */
final class JfrInput {
  private static final int LAST_OF_NINE = 56;

  private final String artifact;
  private final byte[] content;
  private int at;
  private int end;

  JfrInput(String artifact, byte[] content, int from, int to) {
    this.artifact = artifact;
    this.content = content;
    at = from;
    end = to;
  }

  int at() {
    return at;
  }

  boolean hasMore() {
    return at < end;
  }

  void go(long to, long newEnd) throws NotThisFormat {
    if (to < 0 || newEnd > content.length || to > newEnd) {
      throw torn();
    }
    at = (int) to;
    end = (int) newEnd;
  }

  NotThisFormat torn() {
    return new NotThisFormat(artifact + " is no flight recording, or torn, at byte " + at);
  }

  long bigEndian(int from, int bytes) throws NotThisFormat {
    if (from < 0 || from + bytes > content.length) {
      throw torn();
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | (content[from + i] & 0xff);
    }
    return value;
  }

  int oneByte() throws NotThisFormat {
    if (at >= end) {
      throw torn();
    }
    return content[at++];
  }

  void skip(long bytes) throws NotThisFormat {
    if (bytes < 0 || bytes > end - at) {
      throw torn();
    }
    at += (int) bytes;
  }

  /** Seven bits a byte, the lowest first; the ninth byte has eight. */
  long number() throws NotThisFormat {
    long value = 0;
    for (int shift = 0; shift < LAST_OF_NINE; shift += 7) {
      int part = oneByte();
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return value;
      }
    }
    return value | (oneByte() & 0xffL) << LAST_OF_NINE;
  }

  /** How many follow, each of at least a byte. */
  int count() throws NotThisFormat {
    long count = number();
    if (count < 0 || count > end - at) {
      throw torn();
    }
    return (int) count;
  }

  /** A text in place; of one that stands in a table, only its number there, behind a {@code \0}. */
  String text() throws NotThisFormat {
    int encoding = oneByte();
    return switch (encoding) {
      case 0, 1 -> "";
      case 2 -> "\0" + number();
      case 3 -> bytes(StandardCharsets.UTF_8);
      case 4 -> {
        int length = count();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
          text.append((char) number());
        }
        yield text.toString();
      }
      case 5 -> bytes(StandardCharsets.ISO_8859_1);
      default -> throw torn();
    };
  }

  private String bytes(Charset charset) throws NotThisFormat {
    int length = count();
    int from = at;
    skip(length);
    return new String(content, from, length, charset);
  }
}
