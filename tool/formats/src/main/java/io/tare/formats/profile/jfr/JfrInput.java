package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The numbers and texts of a flight recording, one after the other, between two bounds. A part of the file is in memory at a time: recordings
 * are larger than what Tare may fill.
 */
final class JfrInput {
  private static final int LAST_OF_NINE = 56;
  private static final int LONGEST = 9;
  static final int WINDOW_BYTES = 1 << 18;
  /** No name of a class, a method or a thread has more; what is longer is passed over. */
  private static final int MOST_TEXT_BYTES = 1 << 16;

  private final String artifact;
  private final JfrSource source;
  private final byte[] window;
  /** Where the window begins in the file. */
  private long start;
  /** In the window: where we are, how much of it may be read, and how much of it is filled. */
  private int at;
  private int stop;
  private int filled;
  private long end;

  JfrInput(String artifact, JfrSource source, int windowBytes) {
    this.artifact = artifact;
    this.source = source;
    this.window = new byte[windowBytes];
  }

  long at() {
    return start + at;
  }

  long size() {
    return source.bytes();
  }

  boolean hasMore() {
    return start + at < end;
  }

  void go(long to, long newEnd) throws NotThisFormat {
    if (to < 0 || newEnd > source.bytes() || to > newEnd) {
      throw torn();
    }
    end = newEnd;
    if (to < start || to - start > filled) {
      start = to;
      filled = 0;
    }
    at = (int) (to - start);
    stop = (int) Math.min(filled, end - start);
  }

  NotThisFormat torn() {
    return new NotThisFormat(artifact + " is no flight recording, or torn, at byte " + at());
  }

  NotThisFormat tooMuch(String what) {
    return new NotThisFormat(artifact + " has more than " + what);
  }

  long bigEndian(long from, int bytes) throws NotThisFormat {
    go(from, source.bytes());
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | (oneByte() & 0xff);
    }
    return value;
  }

  int oneByte() throws NotThisFormat {
    if (at >= stop) {
      fill();
    }
    return window[at++];
  }

  /** Brings what comes next; there is at least a byte of it. */
  private void fill() throws NotThisFormat {
    long from = at();
    if (from >= end) {
      throw torn();
    }
    start = from;
    at = 0;
    filled = (int) Math.min(window.length, source.bytes() - from);
    stop = (int) Math.min(filled, end - from);
    try {
      source.read(from, window, filled);
    } catch (IOException unreadable) {
      filled = 0;
      stop = 0;
      throw new NotThisFormat(artifact + " can't be read at byte " + from + ": " + unreadable.getMessage());
    }
  }

  void skip(long bytes) throws NotThisFormat {
    if (bytes < 0 || bytes > end - at()) {
      throw torn();
    }
    go(at() + bytes, end);
  }

  /** Seven bits a byte, the lowest first; the ninth byte has eight. */
  long number() throws NotThisFormat {
    if (stop - at < LONGEST) {
      return numberAcross();
    }
    int next = at;
    long value = 0;
    for (int shift = 0; shift < LAST_OF_NINE; shift += 7) {
      int part = window[next++];
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        at = next;
        return value;
      }
    }
    value |= (window[next++] & 0xffL) << LAST_OF_NINE;
    at = next;
    return value;
  }

  /** Of one that may go beyond what is in memory. */
  private long numberAcross() throws NotThisFormat {
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

  void passNumbers(long count) throws NotThisFormat {
    for (long i = 0; i < count; i++) {
      number();
    }
  }

  /** How many follow, each of at least a byte. */
  int count() throws NotThisFormat {
    long count = number();
    if (count < 0 || count > end - at() || count > Integer.MAX_VALUE) {
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
          char letter = (char) number();
          if (i < MOST_TEXT_BYTES) {
            text.append(letter);
          }
        }
        yield text.toString();
      }
      case 5 -> bytes(StandardCharsets.ISO_8859_1);
      default -> throw torn();
    };
  }

  void passText() throws NotThisFormat {
    int encoding = oneByte();
    switch (encoding) {
      case 0, 1 -> {
      }
      case 2 -> number();
      case 3, 5 -> skip(number());
      case 4 -> passNumbers(count());
      default -> throw torn();
    }
  }

  private String bytes(Charset charset) throws NotThisFormat {
    int length = count();
    byte[] text = new byte[Math.min(length, MOST_TEXT_BYTES)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) oneByte();
    }
    skip(length - text.length);
    return new String(text, charset);
  }
}
