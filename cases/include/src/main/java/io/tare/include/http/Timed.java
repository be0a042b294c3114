package io.tare.include.http;

import java.io.IOException;
import java.io.InputStream;

/** A body that must end in time: an origin that sends a byte now and then would else hold us for ever. */
final class Timed extends InputStream {
  private final Body body;
  private final long endNanos;
  private final int totalMillis;
  private long waitedNanos;

  Timed(Body body, int totalMillis) {
    this.body = body;
    this.totalMillis = totalMillis;
    this.endNanos = totalMillis * 1_000_000L;
  }

  boolean isComplete() {
    return body.isComplete();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /** Only the time spent in reading counts: a slow client is not the origin's fault. */
  @Override
  public int read(byte[] bytes, int at, int length) throws IOException {
    long before = System.nanoTime();
    int read = body.read(bytes, at, length);
    waitedNanos += System.nanoTime() - before;
    if (read >= 0 && waitedNanos > endNanos) {
      throw new HttpError(504, "the origin took more than " + totalMillis + " ms for its answer");
    }
    return read;
  }
}
