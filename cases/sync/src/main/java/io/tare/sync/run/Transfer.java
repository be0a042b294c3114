package io.tare.sync.run;

import io.tare.sync.source.Unavailable;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateTransaction;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works through the files that wait, window by window: what became of a window is stored in one transaction. */
final class Transfer {
  private static final int FILES_PER_WORKER = 32;

  private final StateCache cache;
  private final FileTransfer transfer;
  private final int workers;
  private final Progress progress;

  Transfer(StateCache cache, FileTransfer transfer, int workers, Progress progress) {
    this.cache = cache;
    this.transfer = transfer;
    this.workers = workers;
    this.progress = progress;
  }

  /** Returns what was done. A failed file does not stop it; an unusable source or destination does. */
  TransferCount run(boolean deletes) throws IOException, InterruptedException {
    TransferCount count = TransferCount.NONE;
    boolean mayBeThere = cache.read(TransferWindow::wasCut);
    ExecutorService threads = Executors.newFixedThreadPool(workers,
        Thread.ofPlatform().name("transfer-", 1).factory());
    try {
      TransferWindow window;
      do {
        window = cache.write(
            transaction -> TransferWindow.open(workers * FILES_PER_WORKER, deletes, transaction));
        List<Outcome> outcomes = work(window.files(), mayBeThere, threads);
        count = count.plus(outcomes);
        mayBeThere = false;
      } while (!window.isLast());
      return count;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What is finished is stored even when the rest of the window can't be worked on. */
  private List<Outcome> work(List<FileEntry> files, boolean mayBeThere, ExecutorService threads)
      throws IOException, InterruptedException {
    List<Future<Outcome>> underWay = files.stream().map(file -> threads.submit(() -> transfer.work(file, mayBeThere)))
        .toList();
    for (Future<Outcome> one : underWay) {
      try {
        one.get();
        progress.add(1);
      } catch (ExecutionException failure) {
        underWay.forEach(other -> other.cancel(false));
        store(finished(underWay), false);
        throw asIs(failure);
      }
    }
    List<Outcome> outcomes = finished(underWay);
    store(outcomes, true);
    return outcomes;
  }

  private static List<Outcome> finished(List<Future<Outcome>> underWay) {
    return underWay.stream().filter(one -> one.state() == Future.State.SUCCESS).map(Future::resultNow).toList();
  }

  private static IOException asIs(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause instanceof Unavailable known ? known : new IOException("a transfer failed: " + cause, cause);
  }

  private void store(List<Outcome> outcomes, boolean isWholeWindow) {
    cache.write(transaction -> {
      outcomes.forEach(outcome -> store(outcome, transaction));
      if (isWholeWindow) {
        TransferWindow.close(transaction);
      }
      return true;
    });
  }

  private static void store(Outcome outcome, StateTransaction transaction) {
    switch (outcome) {
      case Outcome.Arrived arrived -> transaction
          .put(new FileEntry(arrived.file().path(), arrived.facts(), FileState.SYNCED));
      case Outcome.Deleted deleted -> transaction.remove(deleted.file().path());
      case Outcome.Gone gone -> transaction.put(gone.file().with(FileState.DELETED_IN_SOURCE));
      case Outcome.Failed failed -> transaction.put(failed.file().with(FileState.ERROR));
    }
  }
}
