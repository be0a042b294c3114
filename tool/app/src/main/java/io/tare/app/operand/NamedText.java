package io.tare.app.operand;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small text file that the user has named: a budget, values for rules. */
public final class NamedText {
  private static final int MOST_BYTES = 1 << 20;

  private NamedText() {}

  /** The text; fails when it is larger than anybody would write by hand. */
  public static String of(String file) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new IOException(file + " has more than " + (MOST_BYTES >> 20) + " MB; is it the right file?");
      }
      return new String(content, StandardCharsets.UTF_8);
    }
  }
}
