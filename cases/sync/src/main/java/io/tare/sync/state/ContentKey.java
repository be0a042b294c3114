package io.tare.sync.state;

import java.util.HexFormat;

/** Keys for texts of any length in a {@link SmallTable}. */
public final class ContentKey {
  private static final int LONGEST_AS_IS = 400;

  private ContentKey() {}

  /** The text itself if it is short, else a hash of it. */
  public static String of(String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return bytes.length <= LONGEST_AS_IS ? text : "#" + HexFormat.of().formatHex(EntryKey.sha256(bytes));
  }
}
