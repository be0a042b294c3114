package io.tare.sync.run;

import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;

/** A content on its way: counted and hashed, and refused at its end if its size is not what was promised, so that half a file never gets its name. */
final class MeasuredStream extends FilterInputStream {
  private final DigestInputStream digested;
  private final long expectedBytes;
  private long bytes;

  MeasuredStream(InputStream content, FileFacts facts) {
    this(new DigestInputStream(content, ContentHash.md5()), facts.sizeBytes());
  }

  private MeasuredStream(DigestInputStream digested, long expectedBytes) {
    super(digested);
    this.digested = digested;
    this.expectedBytes = expectedBytes;
  }

  ContentHash hash() {
    return ContentHash.of(digested.getMessageDigest().digest());
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? -1 : 1);
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    count(read);
    return read;
  }

  private void count(int read) throws IOException {
    bytes += Math.max(0, read);
    if (bytes > expectedBytes || (read < 0 && bytes != expectedBytes)) {
      throw new IOException("the file changed while it was read: " + bytes + " bytes instead of " + expectedBytes);
    }
  }
}
