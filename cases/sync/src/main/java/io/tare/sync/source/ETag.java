package io.tare.sync.source;

import io.tare.sync.state.ContentHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The tag of an object's content. For an object that was put in one piece it is the MD5 of the content, as in
 * {@code "9e107d9d372bb6826bd81d3542a419d6"}; one that was put in parts has {@code "…-12"}, of which the hash is taken.
 */
final class ETag {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private ETag() {}

  static ContentHash hash(String eTag) {
    String bare = eTag.replace("\"", "");
    if (bare.isEmpty()) {
      return ContentHash.UNKNOWN;
    }
    return ContentHash.of(MD5.matcher(bare).matches() ? HexFormat.of().parseHex(bare) : md5(bare));
  }

  private static byte[] md5(String text) {
    try {
      return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every JDK has MD5", absent);
    }
  }
}
