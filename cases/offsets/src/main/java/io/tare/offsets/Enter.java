package io.tare.offsets;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Holds the program still, so that someone can weigh it. */
final class Enter {
  private Enter() {}

  /** Returns at the end of a line of input, or of the input. */
  static void await(String label) {
    System.out.println(label + ": weigh me (./tare " + ProcessHandle.current().pid() + "), then press Enter");
    try {
      int read = System.in.read();
      while (read != '\n' && read != -1) {
        read = System.in.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't wait for Enter", e);
    }
  }
}
