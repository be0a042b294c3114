package io.tare.sync.rewrite;

import io.tare.sync.rewrite.RewriteListener.Moment;
import io.tare.sync.state.FileCursor;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.StateCache;
import java.util.HashMap;
import java.util.Map;

/**
 * The naive way: one reading transaction over all files, every changed file kept in a map, and one giant write at the end. The
 * heap grows with the number of files, and so does what the store holds in malloc until the commit; the file doubles, since a
 * transaction can't reuse the pages that it frees itself.
 */
public final class WholeRewrite implements Rewrite {
  private static final int FILES_BETWEEN_NOTICES = 100_000;

  @Override
  public RewriteResult apply(Change change, StateCache cache, RewriteListener listener) {
    Map<String, FileEntry> updates = new HashMap<>();
    long visited = cache.read(transaction -> {
      FileCursor files = transaction.files();
      long seen = 0;
      for (boolean found = files.first(); found; found = files.next()) {
        FileEntry entry = files.entry();
        if (entry.state() == change.from()) {
          updates.put(entry.path(), entry.with(change.to()));
        }
        seen++;
        if (seen % FILES_BETWEEN_NOTICES == 0) {
          listener.at(Moment.BATCH_READ, seen / FILES_BETWEEN_NOTICES, seen);
        }
      }
      return seen;
    });
    listener.at(Moment.BEFORE_WRITE, 1, visited);
    cache.write(transaction -> {
      updates.values().forEach(transaction::put);
      return true;
    });
    listener.at(Moment.AFTER_WRITE, 1, visited);
    return new RewriteResult(visited, updates.size());
  }
}
