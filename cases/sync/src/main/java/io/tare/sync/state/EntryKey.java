package io.tare.sync.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The key of a path: its UTF-8 bytes. The store takes keys of at most 511 bytes, so a longer path keeps its first 494, then the
 * byte 0xFF, which UTF-8 never has, then 16 bytes of a hash of the whole; the bytes left out go into the value.
 */
final class EntryKey {
  static final int MOST_BYTES = 511;
  private static final int HASH_BYTES = 16;
  private static final byte LONG_PATH = (byte) 0xFF;
  static final int KEPT_BYTES = MOST_BYTES - HASH_BYTES - 1;
  /** Linux takes no longer path, object stores take 1024. */
  static final int LONGEST_PATH_BYTES = 4096;
  private static final byte[] NOTHING = {};

  private final byte[] key;
  private final byte[] restOfPath;

  private EntryKey(byte[] key, byte[] restOfPath) {
    this.key = key;
    this.restOfPath = restOfPath;
  }

  static EntryKey of(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > LONGEST_PATH_BYTES) {
      throw new IllegalArgumentException(
          "a path has 1 to " + LONGEST_PATH_BYTES + " bytes, not " + bytes.length);
    }
    if (bytes.length <= MOST_BYTES) {
      return new EntryKey(bytes, NOTHING);
    }
    byte[] key = Arrays.copyOf(bytes, MOST_BYTES);
    key[KEPT_BYTES] = LONG_PATH;
    System.arraycopy(sha256(bytes), 0, key, KEPT_BYTES + 1, HASH_BYTES);
    return new EntryKey(key, Arrays.copyOfRange(bytes, KEPT_BYTES, bytes.length));
  }

  byte[] key() {
    return key;
  }

  byte[] restOfPath() {
    return restOfPath;
  }

  static int pathBytesIn(ByteBuffer key) {
    boolean isLong = key.limit() == MOST_BYTES && key.get(KEPT_BYTES) == LONG_PATH;
    return isLong ? KEPT_BYTES : key.limit();
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has SHA-256", absent);
    }
  }
}
