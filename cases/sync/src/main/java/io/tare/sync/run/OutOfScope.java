package io.tare.sync.run;

import io.tare.sync.filter.PathFilter;
import io.tare.sync.state.FileCursor;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files that the filter leaves out were not looked for by the scan. That it did not see them says nothing: they are forgotten, so that
 * nothing is done about them at the destination. A later run that wants them finds them there.
 */
final class OutOfScope {
  private static final int FILES_PER_BATCH = 10_000;

  private OutOfScope() {}

  /** Can be cut anywhere and begins again then. */
  static void forget(StateCache cache, PathFilter filter) {
    if (filter.isAll()) {
      return;
    }
    Optional<byte[]> next = Optional.empty();
    do {
      Optional<byte[]> start = next;
      next = cache.write(transaction -> {
        List<String> forgotten = new ArrayList<>();
        FileCursor files = transaction.files();
        boolean found = files.resume(start);
        for (int i = 0; found && i < FILES_PER_BATCH; i++, found = files.next()) {
          if (files.state() != FileState.SYNCED && !filter.isIn(files.entry().path())) {
            forgotten.add(files.entry().path());
          }
        }
        Optional<byte[]> behind = found ? Optional.of(files.key()) : Optional.empty();
        forgotten.forEach(transaction::remove);
        return behind;
      });
    } while (next.isPresent());
  }
}
