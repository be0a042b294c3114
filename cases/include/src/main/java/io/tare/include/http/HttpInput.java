package io.tare.include.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The incoming half of a connection: heads within limits, bodies as streams. Its buffer lives as long as the connection. */
final class HttpInput {
  private static final int MOST_HEAD_BYTES = 16_384;
  private static final int MOST_FIELDS = 100;
  private static final int DELETE = 0x7F;
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  /** The size, of at most 15 digits, and what nobody uses behind it. */
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})(?:[ \\t]*;[\\t\\x20-\\x7E]*)?");
  private static final int MOST_EMPTY_LINES = 4;
  private static final long NEVER = 0;

  private final InputStream in;
  /** The status that says whose fault it is when what comes in is not HTTP. */
  private final int blame;
  private final Runnable onProgress;
  private final int headMillis;
  private final byte[] buffer = new byte[4_096];
  /** When a head that has begun must have ended. */
  private long headEndNanos = NEVER;
  private int start;
  private int limit;

  private HttpInput(InputStream in, int blame, int headMillis, Runnable onProgress) {
    this.in = in;
    this.blame = blame;
    this.headMillis = headMillis;
    this.onProgress = onProgress;
  }

  static HttpInput fromClient(InputStream in, int headMillis, Runnable onProgress) {
    return new HttpInput(in, 400, headMillis, onProgress);
  }

  static HttpInput fromOrigin(InputStream in, int headMillis) {
    return new HttpInput(in, 502, headMillis, () -> {});
  }

  /** The next head; empty when the other side has closed the connection instead. */
  Optional<Head> head() throws IOException {
    if (start == limit && !fill()) {
      return Optional.empty();
    }
    headEndNanos = System.nanoTime() + headMillis * 1_000_000L;
    Optional<Head> head = Optional.of(wholeHead());
    headEndNanos = NEVER;
    return head;
  }

  private Head wholeHead() throws IOException {
    StringBuilder line = new StringBuilder();
    int budget = MOST_HEAD_BYTES;
    budget = line(line, budget);
    for (int empty = 0; line.isEmpty() && empty < MOST_EMPTY_LINES; empty++) {
      budget = line(line, budget);
    }
    String[] parts = line.toString().split(" ", 3);
    if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new HttpError(blame, "not a first line of HTTP: " + line);
    }
    List<Head.Field> fields = new ArrayList<>();
    budget = line(line, budget);
    while (!line.isEmpty()) {
      fields.add(field(line));
      if (fields.size() > MOST_FIELDS) {
        throw new HttpError(blame == 400 ? 431 : blame, "more than " + MOST_FIELDS + " header fields");
      }
      budget = line(line, budget);
    }
    return new Head(parts[0], parts[1], parts.length > 2 ? parts[2] : "", fields);
  }

  /** A blank before the colon, or a line that goes on with the one above, is read in two ways by two servers: refused. */
  private Head.Field field(StringBuilder line) throws HttpError {
    int colon = line.indexOf(":");
    if (colon < 1 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
      throw new HttpError(blame, "not a header field: " + line);
    }
    return new Head.Field(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  /** Reads one line, which ends in CR LF and nothing else, into the text; returns how many bytes the head may still have. */
  private int line(StringBuilder text, int budget) throws IOException {
    text.setLength(0);
    for (int left = budget; left > 0; left--) {
      int letter = read();
      if (letter == '\r') {
        if (read() != '\n') {
          throw new HttpError(blame, "a carriage return within a line");
        }
        return Math.max(0, left - 2);
      }
      if (letter < 0) {
        throw new EOFException("the connection ended within a head");
      }
      if ((letter < ' ' && letter != '\t') || letter == DELETE) {
        throw new HttpError(blame,
            letter == '\n' ? "a line that does not end in CR LF" : "a control character in a line");
      }
      text.append((char) letter);
    }
    boolean inHead = headEndNanos != NEVER;
    throw new HttpError(blame == 400 && inHead ? 431 : blame,
        "a " + (inHead ? "head of more than " + MOST_HEAD_BYTES : "line of more than " + budget) + " bytes");
  }

  int read() throws IOException {
    return start < limit || fill() ? buffer[start++] & 0xFF : -1;
  }

  /** Big reads into an empty buffer go past it. */
  int read(byte[] bytes, int at, int length) throws IOException {
    if (start == limit) {
      if (length >= buffer.length) {
        int read = in.read(bytes, at, length);
        onProgress.run();
        return read;
      }
      if (!fill()) {
        return -1;
      }
    }
    int copied = Math.min(length, limit - start);
    System.arraycopy(buffer, start, bytes, at, copied);
    start += copied;
    return copied;
  }

  private boolean fill() throws IOException {
    start = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    onProgress.run();
    if (headEndNanos != NEVER && System.nanoTime() - headEndNanos > 0) {
      throw new HttpError(blame == 400 ? 408 : 504, "a head that took more than " + headMillis + " ms");
    }
    return limit > 0;
  }

  /** The size line of a chunk. */
  long chunkSize() throws IOException {
    StringBuilder line = new StringBuilder();
    line(line, 256);
    Matcher size = CHUNK.matcher(line);
    if (!size.matches()) {
      throw new HttpError(blame, "not the size of a chunk: " + line);
    }
    return Long.parseLong(size.group(1), 16);
  }

  void emptyLine() throws IOException {
    StringBuilder line = new StringBuilder();
    line(line, MOST_HEAD_BYTES);
    if (!line.isEmpty()) {
      throw new HttpError(blame, "a chunk is longer than it said");
    }
  }

  /** Reads and drops the fields behind the last chunk; what is no field may be meant as the next request. */
  void trailers() throws IOException {
    StringBuilder line = new StringBuilder();
    int budget = line(line, MOST_HEAD_BYTES);
    while (!line.isEmpty()) {
      field(line);
      budget = line(line, budget);
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
