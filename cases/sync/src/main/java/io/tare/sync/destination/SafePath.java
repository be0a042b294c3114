package io.tare.sync.destination;

import java.io.IOException;

/** Keeps names from the source from meaning something else at the destination: object keys may be anything. */
final class SafePath {
  private SafePath() {}

  /** Returns the path if each name in it is just a name. */
  static String check(String path) throws IOException {
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw new IOException("the path " + printable(path) + " has a part that is no name");
      }
    }
    if (path.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
      throw new IOException("the path " + printable(path) + " has a control character");
    }
    return path;
  }

  private static String printable(String path) {
    return "'" + path.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
