package io.tare.sync.rewrite;

import io.tare.sync.rewrite.RewriteListener.Moment;
import io.tare.sync.state.FileCursor;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.StateCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Half of the repair: each batch is copied out of a short reading transaction into objects, then written in portions by short
 * writing ones. Nothing is held for long, but every file costs its objects, and the size of the batch is heap.
 */
public record CopyingRewrite(int filesPerRead, int filesPerWrite) implements Rewrite {

  private record Batch(List<FileEntry> files, Optional<byte[]> nextKey) {}

  @Override
  public RewriteResult apply(Change change, StateCache cache, RewriteListener listener) {
    long visited = 0;
    long changed = 0;
    long batches = 0;
    Optional<byte[]> nextKey = Optional.empty();
    do {
      Optional<byte[]> start = nextKey;
      Batch batch = cache.read(transaction -> read(start, transaction.files()));
      List<FileEntry> updates = batch.files().stream().filter(file -> file.state() == change.from())
          .map(file -> file.with(change.to())).toList();
      write(updates, cache);
      visited += batch.files().size();
      changed += updates.size();
      batches++;
      listener.at(Moment.AFTER_WRITE, batches, visited);
      nextKey = batch.nextKey();
    } while (nextKey.isPresent());
    return new RewriteResult(visited, changed);
  }

  private Batch read(Optional<byte[]> start, FileCursor files) {
    List<FileEntry> batch = new ArrayList<>();
    boolean found = files.resume(start);
    for (; found && batch.size() < filesPerRead; found = files.next()) {
      batch.add(files.entry());
    }
    return new Batch(batch, found ? Optional.of(files.key()) : Optional.empty());
  }

  private void write(List<FileEntry> updates, StateCache cache) {
    for (int from = 0; from < updates.size(); from += filesPerWrite) {
      List<FileEntry> portion = updates.subList(from, Math.min(updates.size(), from + filesPerWrite));
      cache.write(transaction -> {
        portion.forEach(transaction::put);
        return true;
      });
    }
  }
}
