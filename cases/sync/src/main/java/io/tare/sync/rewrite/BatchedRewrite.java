package io.tare.sync.rewrite;

import io.tare.sync.rewrite.RewriteListener.Moment;
import io.tare.sync.state.FileCursor;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateTransaction;
import java.util.Optional;

/**
 * The repaired way: short transactions of a bounded number of files, each of which writes down the key that the next one starts
 * at. So nothing is held between two batches, freed pages are used again by the batch after the next, and a run that was
 * killed goes on at the key that its last commit wrote.
 */
public record BatchedRewrite(int filesPerBatch) implements Rewrite {
  /** Where the curve of {@code sync tune} has its knee. */
  public static final int BEST_FILES_PER_BATCH = 10_000;

  public BatchedRewrite {
    if (filesPerBatch < 1) {
      throw new IllegalArgumentException("a batch has at least one file");
    }
  }

  private record Batch(RewriteResult done, boolean isLast) {}

  @Override
  public RewriteResult apply(Change change, StateCache cache, RewriteListener listener) {
    long visited = 0;
    long changed = 0;
    long batches = 0;
    Batch batch;
    do {
      batch = cache.write(transaction -> oneBatch(change, transaction));
      visited += batch.done().visited();
      changed += batch.done().changed();
      batches++;
      listener.at(Moment.AFTER_WRITE, batches, visited);
    } while (!batch.isLast());
    return new RewriteResult(visited, changed);
  }

  /** The next time begins at the first file again. To be called in the transaction that makes that right. */
  public static void beginAgain(Change change, StateTransaction transaction) {
    transaction.notes().remove(nextKeyNote(change));
  }

  private Batch oneBatch(Change change, StateTransaction transaction) {
    String note = nextKeyNote(change);
    Optional<byte[]> nextKey = transaction.notes().get(note);
    FileCursor files = transaction.files();
    boolean found = files.resume(nextKey);
    long visited = 0;
    long changed = 0;
    for (; found && visited < filesPerBatch; found = files.next()) {
      if (files.state() == change.from()) {
        files.set(change.to());
        changed++;
      }
      visited++;
    }
    if (found) {
      transaction.notes().put(note, files.key());
    } else {
      transaction.notes().remove(note);
    }
    return new Batch(new RewriteResult(visited, changed), !found);
  }

  private static String nextKeyNote(Change change) {
    return change.name() + ".nextKey";
  }
}
