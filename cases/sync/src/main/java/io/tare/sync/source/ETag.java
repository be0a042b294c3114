package io.tare.sync.source;

import io.tare.sync.state.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The tag of an object's content. For an object that was put in one piece it is the MD5 of the content, as in
 * {@code "9e107d9d372bb6826bd81d3542a419d6"}; one that was put in parts has {@code "…-12"}, of which the hash is taken.
 */
public final class ETag {
  private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

  private ETag() {}

  static ContentHash hash(String eTag) {
    String bare = eTag.replace("\"", "");
    if (bare.isEmpty()) {
      return ContentHash.UNKNOWN;
    }
    return ContentHash.of(MD5.matcher(bare).matches() ? HexFormat.of().parseHex(bare) : md5(bare));
  }

  /** The MD5 of the content if the tag is one. */
  public static ContentHash contentHash(String eTag) {
    String bare = eTag.replace("\"", "");
    return MD5.matcher(bare).matches() ? ContentHash.of(HexFormat.of().parseHex(bare)) : ContentHash.UNKNOWN;
  }

  private static byte[] md5(String text) {
    return ContentHash.md5().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
