package io.tare.sync.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Sixteen bytes that tell one content from another; all zero when nobody has read the content yet. */
public record ContentHash(long high, long low) {
  public static final ContentHash UNKNOWN = new ContentHash(0, 0);
  public static final int BYTES = 16;
  private static final int BUFFER_BYTES = 1 << 14;

  public static ContentHash of(byte[] sixteenBytes) {
    if (sixteenBytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + sixteenBytes.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(sixteenBytes);
    return new ContentHash(bytes.getLong(), bytes.getLong());
  }

  /** Reads a content to its end. */
  public static ContentHash ofContent(InputStream content) throws IOException {
    MessageDigest digest = md5();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return of(digest.digest());
  }

  public static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has MD5", absent);
    }
  }

  public boolean isKnown() {
    return !equals(UNKNOWN);
  }
}
