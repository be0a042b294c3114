package io.tare.sync.state;

import java.util.Optional;

/** The version of what this program writes into the state file, as the note {@code format}. */
final class FormatNote {
  private static final String NAME = "format";
  private static final String VERSION = "1";

  private FormatNote() {}

  static void checkOrWrite(StateCache cache) throws StateFileRefused {
    Optional<String> found = cache.read(transaction -> transaction.notes().text(NAME));
    if (found.isEmpty() && cache.entries() == 0) {
      cache.write(transaction -> {
        transaction.notes().put(NAME, VERSION);
        return true;
      });
    } else if (!found.equals(Optional.of(VERSION))) {
      cache.close();
      throw new StateFileRefused(cache.file(), "it has format " + found.orElse("unknown") + ", this program writes "
          + VERSION + "; use the version that wrote it, or another file: the next run then scans everything again");
    }
  }
}
