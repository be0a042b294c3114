package io.tare.sync.run;

import io.tare.sync.source.RateLimit;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** At most so many bytes of content per second, whichever worker reads them: each waits for what it has read. */
final class ByteRate {
  /** In pieces as small as this the flow is even, and a pause is short. */
  private static final int MOST_AT_ONCE = 1 << 14;

  private final RateLimit turns;
  private final long bytesPerSecond;

  /** Zero is no limit. */
  ByteRate(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
    this.turns = new RateLimit(1);
  }

  InputStream slowed(InputStream content) {
    return bytesPerSecond == 0 ? content : new Slowed(content);
  }

  private void await(int bytes) throws InterruptedIOException {
    long nanos = TimeUnit.SECONDS.toNanos(1) * bytes / bytesPerSecond;
    try {
      TimeUnit.NANOSECONDS.sleep(turns.reserve(System.nanoTime(), nanos));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("ended");
    }
  }

  private final class Slowed extends FilterInputStream {
    Slowed(InputStream content) {
      super(content);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      await(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, Math.min(length, MOST_AT_ONCE));
      await(Math.max(0, read));
      return read;
    }
  }
}
