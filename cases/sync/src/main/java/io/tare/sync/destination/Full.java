package io.tare.sync.destination;

import io.tare.sync.source.Unavailable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Tells a destination without room from one file that does not work: nothing else will fit either, so the run stops. */
final class Full {
  // ENOSPC and EDQUOT as the C library says them, which file servers pass on; 452 and 552 are FTP's numbers for the same.
  private static final List<String> SIGNS = List.of("no space left", "disk quota exceeded", "not enough space",
      "insufficient storage", "storage full", "quota exceeded", "out of space");

  private Full() {}

  static boolean isSaidIn(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return SIGNS.stream().anyMatch(lower::contains);
  }

  static Unavailable at(String destination, IOException cause) {
    return new Unavailable("the destination " + destination
        + " has no more room; make some and run again: what was finished stays, the rest goes on", cause);
  }
}
