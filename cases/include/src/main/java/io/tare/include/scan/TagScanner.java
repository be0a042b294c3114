package io.tare.include.scan;

import java.io.IOException;
import java.io.InputStream;

/**
 * Splits a page into text and tags while it arrives. Text is handed out as slices of the scanner's own buffer; only what may
 * be the start of a tag is held back, at most six bytes. A page without tags costs no object at all.
 *
 * <p>The markers of {@code <!--esi … -->} are taken out; what stands between them is scanned like the rest. A tag must fit into
 * the buffer; a longer one counts as malformed, and its bytes go on as text.
 */
public final class TagScanner {
  /** What {@link #next} found. */
  public enum Token {
    TEXT, TAG, END
  }

  private static final byte[] OPENING = {'<', 'e', 's', 'i', ':'};
  private static final byte[] CLOSING = {'<', '/', 'e', 's', 'i', ':'};
  private static final byte[] COMMENT = {'<', '!', '-', '-', 'e', 's', 'i'};
  private static final byte[] COMMENT_END = {'-', '-', '>'};
  private static final Tag NONE = Tag.malformed("none", 0);

  private final byte[] buffer;
  private InputStream in = InputStream.nullInputStream();
  private int start;
  private int limit;
  private boolean ended;
  private int openComments;
  /** Where the buffer's first byte stands in the page. */
  private long offset;
  private int textFrom;
  private int textTo;
  private Tag tag = NONE;

  public TagScanner(int bufferBytes) {
    if (bufferBytes < 64) {
      throw new IllegalArgumentException("a scanner needs a buffer of 64 bytes or more, not " + bufferBytes);
    }
    buffer = new byte[bufferBytes];
  }

  /** Whether there may be anything in these bytes for a scanner to find. */
  public static boolean hasTags(byte[] bytes) {
    return Needle.find(bytes, 0, bytes.length) >= 0;
  }

  /** Starts with a new page. */
  public void reset(InputStream page) {
    in = page;
    start = 0;
    limit = 0;
    ended = false;
    openComments = 0;
    offset = 0;
    tag = NONE;
  }

  /** The bytes of which the text is a slice, until the next call of {@link #next}. */
  public byte[] bytes() {
    return buffer;
  }

  public int textFrom() {
    return textFrom;
  }

  public int textTo() {
    return textTo;
  }

  public Tag tag() {
    return tag;
  }

  public Token next() throws IOException {
    while (true) {
      int marker = marker();
      if (marker == start && start < limit) {
        Token found = takeMarker();
        if (found != Token.END) {
          return found;
        }
        continue;
      }
      int textEnd = marker >= 0 ? marker : heldFrom();
      if (textEnd > start) {
        return text(textEnd);
      }
      if (!fill()) {
        return start < limit ? text(limit) : Token.END;
      }
    }
  }

  private Token text(int end) {
    textFrom = start;
    textTo = end;
    start = end;
    return Token.TEXT;
  }

  /** Takes the marker at the start; END when it leaves nothing to hand out, or more bytes are needed and came. */
  private Token takeMarker() throws IOException {
    if (startsWith(start, COMMENT)) {
      start += COMMENT.length;
      openComments++;
      return Token.END;
    }
    if (startsWith(start, COMMENT_END)) {
      start += COMMENT_END.length;
      openComments--;
      return Token.END;
    }
    int end = TagParser.end(buffer, start, limit);
    if (end == TagParser.NOT_CLOSED) {
      return fill() ? Token.END : tooLong();
    }
    tag = TagParser.parse(buffer, start, end, offset + start);
    start = end;
    return Token.TAG;
  }

  /** Gives up on a tag that never ends: its first letters are left out, the rest is text. */
  private Token tooLong() {
    String reason = ended
        ? "a tag that is not closed at the end of the page"
        : "a tag longer than " + buffer.length + " bytes";
    tag = Tag.malformed(reason, offset + start);
    start += OPENING.length;
    return Token.TAG;
  }

  /** Where the first marker starts, or -1. */
  private int marker() {
    int found = -1;
    int at = Needle.find(buffer, start, limit);
    while (at >= 0 && found < 0) {
      found = markerAround(at);
      at = found < 0 ? Needle.find(buffer, at, limit) : -1;
    }
    return openComments == 0 ? found : commentEnd(found);
  }

  private int markerAround(int letters) {
    if (startsWith(letters - 1, OPENING)) {
      return letters - 1;
    }
    if (startsWith(letters - 2, CLOSING)) {
      return letters - 2;
    }
    return startsWith(letters - 4, COMMENT) ? letters - 4 : -1;
  }

  private int commentEnd(int before) {
    int end = before < 0 ? limit : before;
    for (int at = start; at < end; at++) {
      if (startsWith(at, COMMENT_END)) {
        return at;
      }
    }
    return before;
  }

  private boolean startsWith(int at, byte[] marker) {
    return at >= start && at + marker.length <= limit && matches(at, marker, marker.length);
  }

  private boolean matches(int at, byte[] marker, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[at + i] != marker[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the bytes start that may be a marker's first ones, its others not being here yet. */
  private int heldFrom() {
    if (ended) {
      return limit;
    }
    for (int at = Math.max(start, limit - COMMENT.length + 1); at < limit; at++) {
      if (mayBecome(at, OPENING) || mayBecome(at, CLOSING) || mayBecome(at, COMMENT)
          || (openComments > 0 && mayBecome(at, COMMENT_END))) {
        return at;
      }
    }
    return limit;
  }

  private boolean mayBecome(int at, byte[] marker) {
    return limit - at < marker.length && matches(at, marker, limit - at);
  }

  /** Reads on; false at the end of the page, or when the buffer is full of one tag. */
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      offset += start;
      limit -= start;
      start = 0;
    }
    if (limit == buffer.length) {
      return false;
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      ended = true;
      // What was held back is decided now.
      return start < limit;
    }
    limit += read;
    return true;
  }
}
