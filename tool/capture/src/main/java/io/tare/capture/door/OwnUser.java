package io.tare.capture.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user as whom this process opens files. */
public final class OwnUser {
  static final long ROOT = 0;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int EFFECTIVE = 2;

  private OwnUser() {}

  /** From the line {@code Uid: 1000 1000 1000 1000}: the label, the real user, the effective one. */
  public static long id() throws IOException {
    for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
      String[] words = line.split("\\s+");
      if (words[0].equals("Uid:") && words.length > EFFECTIVE) {
        return Long.parseLong(words[EFFECTIVE]);
      }
    }
    throw new IOException("the kernel does not say which user this is");
  }
}
