package io.tare.sync.state;

import java.nio.ByteBuffer;

/** Sixteen bytes that tell one content from another; all zero when nobody has read the content yet. */
public record ContentHash(long high, long low) {
  public static final ContentHash UNKNOWN = new ContentHash(0, 0);
  public static final int BYTES = 16;

  public static ContentHash of(byte[] sixteenBytes) {
    if (sixteenBytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + sixteenBytes.length);
    }
    ByteBuffer bytes = ByteBuffer.wrap(sixteenBytes);
    return new ContentHash(bytes.getLong(), bytes.getLong());
  }

  public boolean isKnown() {
    return !equals(UNKNOWN);
  }
}
