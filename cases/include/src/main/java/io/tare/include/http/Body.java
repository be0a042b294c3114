package io.tare.include.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of one message: ends where its length, its last chunk or the connection says, and never reads beyond. */
final class Body extends InputStream {
  private static final long UNTIL_CLOSED = Long.MAX_VALUE;

  private final HttpInput in;
  private final boolean chunked;
  /** Of the body, or of the chunk. */
  private long leftBytes;
  private boolean firstChunk = true;
  private boolean ended;

  private Body(HttpInput in, boolean chunked, long leftBytes) {
    this.in = in;
    this.chunked = chunked;
    this.leftBytes = leftBytes;
    this.ended = !chunked && leftBytes == 0;
  }

  static Body ofRequest(HttpInput in, Head head) throws HttpError {
    return head.isChunked() ? new Body(in, true, 0) : new Body(in, false, head.contentLength().orElse(0));
  }

  static Body ofAnswer(HttpInput in, Head head, boolean hasNone) throws HttpError {
    boolean chunked = head.isChunked();
    long length = head.contentLength().orElse(UNTIL_CLOSED);
    if (hasNone || head.status() == 304 || head.status() == 204) {
      return new Body(in, false, 0);
    }
    return chunked ? new Body(in, true, 0) : new Body(in, false, length);
  }

  /** True when all was read, so that the connection can carry the next message. */
  boolean isComplete() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int at, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    if (chunked && leftBytes == 0 && !nextChunk()) {
      return -1;
    }
    int read = in.read(bytes, at, (int) Math.min(length, leftBytes));
    if (read < 0) {
      return endOfConnection();
    }
    leftBytes -= leftBytes == UNTIL_CLOSED ? 0 : read;
    ended = !chunked && leftBytes == 0;
    return read;
  }

  private int endOfConnection() throws EOFException {
    if (leftBytes != UNTIL_CLOSED) {
      throw new EOFException("the connection ended " + leftBytes + " bytes before the body did");
    }
    ended = true;
    return -1;
  }

  private boolean nextChunk() throws IOException {
    if (!firstChunk) {
      in.emptyLine();
    }
    firstChunk = false;
    leftBytes = in.chunkSize();
    if (leftBytes == 0) {
      in.trailers();
      ended = true;
    }
    return !ended;
  }
}
