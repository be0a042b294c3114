package io.tare.sync.run;

import io.tare.sync.run.TransferFeed.Handed;
import io.tare.sync.source.Unavailable;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateTransaction;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Works through the files that wait with many workers. What became of files is stored together with which files are handed out next,
 * so there is one commit for some hundred files, and the workers never run dry meanwhile.
 */
final class Transfer {
  private static final int MOST_UNDER_WAY = 2048;
  private static final long MOST_NANOS_BETWEEN_COMMITS = TimeUnit.SECONDS.toNanos(5);
  private static final long SECONDS_TO_FINISH = 10;

  private final StateCache cache;
  private final FileTransfer transfer;
  private final Progress progress;
  private final Terms terms;
  private final BlockingQueue<Ticket> finished = new LinkedBlockingQueue<>();
  private final Deque<Ticket> inOrder = new ArrayDeque<>();
  private volatile boolean isStopping;
  private int underWay;
  private TransferCount count = TransferCount.NONE;

  /** How it works. */
  record Terms(int workers, boolean deletes, Predicate<String> isInScope, RunLog log, Runnable afterCommit) {}

  /** One file under way, until what became of it is about to be stored. */
  private static final class Ticket {
    private final byte[] key;
    private final FutureTask<Outcome> work;
    private boolean isTaken;

    Ticket(byte[] key, FutureTask<Outcome> work) {
      this.key = key;
      this.work = work;
    }
  }

  Transfer(StateCache cache, FileTransfer transfer, Progress progress, Terms terms) {
    this.cache = cache;
    this.transfer = transfer;
    this.progress = progress;
    this.terms = terms;
  }

  /** Returns what was done. A failed file does not stop it; an unusable source or destination does, at once. */
  TransferCount run() throws IOException, InterruptedException {
    TransferFeed feed = cache
        .read(transaction -> TransferFeed.open(terms.deletes(), terms.isInScope(), transaction));
    ExecutorService threads = Executors.newFixedThreadPool(terms.workers(),
        Thread.ofPlatform().name("transfer-", 1).factory());
    try {
      List<Outcome> outcomes = List.of();
      do {
        storeAndHandOut(outcomes, feed, threads);
        outcomes = await(feed.isAtEnd() || underWay >= MOST_UNDER_WAY / 2, threads);
      } while (underWay > 0 || !outcomes.isEmpty() || !feed.isAtEnd());
      return count;
    } finally {
      threads.shutdownNow();
    }
  }

  private void storeAndHandOut(List<Outcome> outcomes, TransferFeed feed, ExecutorService threads) {
    while (!inOrder.isEmpty() && inOrder.getFirst().isTaken) {
      inOrder.removeFirst();
    }
    Optional<byte[]> firstUnfinished = Optional.ofNullable(inOrder.peekFirst()).map(ticket -> ticket.key);
    List<Handed> handed = cache.write(transaction -> {
      outcomes.forEach(outcome -> store(outcome, transaction));
      return feed.handOut(MOST_UNDER_WAY - underWay, firstUnfinished, transaction);
    });
    count = count.plus(outcomes);
    terms.log().flush();
    terms.afterCommit().run();
    handed.forEach(file -> submit(file, threads));
  }

  private void submit(Handed handed, ExecutorService threads) {
    FutureTask<Outcome> work = new FutureTask<>(() -> transfer.work(handed.file, handed.mayBeThere));
    Ticket ticket = new Ticket(handed.key, work);
    underWay++;
    inOrder.add(ticket);
    threads.execute(() -> {
      if (!isStopping) {
        work.run();
      }
      finished.add(ticket);
    });
  }

  /** Waits until half of the files under way are finished, or some time is over; not at all while more could be handed out. */
  private List<Outcome> await(boolean isFull, ExecutorService threads) throws IOException, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    long end = System.nanoTime() + (isFull ? MOST_NANOS_BETWEEN_COMMITS : 0);
    while (underWay > 0 && outcomes.size() < MOST_UNDER_WAY / 2) {
      Ticket next = isFull && outcomes.isEmpty()
          ? finished.take()
          : finished.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      take(next, outcomes, threads);
    }
    return outcomes;
  }

  private void take(Ticket ticket, List<Outcome> outcomes, ExecutorService threads)
      throws IOException, InterruptedException {
    underWay--;
    ticket.isTaken = true;
    try {
      Outcome outcome = ticket.work.get();
      log(outcome);
      outcomes.add(outcome);
      progress.add(1);
    } catch (ExecutionException failure) {
      stop(outcomes, threads);
      throw asIs(failure);
    }
  }

  /** Files that have begun come to their end, the others do not begin; what is finished is stored. */
  private void stop(List<Outcome> outcomes, ExecutorService threads) throws InterruptedException {
    isStopping = true;
    threads.shutdown();
    if (!threads.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
      threads.shutdownNow();
      threads.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS);
    }
    for (Ticket ticket = finished.poll(); ticket != null; ticket = finished.poll()) {
      if (ticket.work.state() == Future.State.SUCCESS) {
        log(ticket.work.resultNow());
        outcomes.add(ticket.work.resultNow());
      }
    }
    cache.write(transaction -> {
      outcomes.forEach(outcome -> store(outcome, transaction));
      return true;
    });
    terms.log().flush();
  }

  private static IOException asIs(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause instanceof Unavailable known ? known : new IOException("a transfer failed: " + cause, cause);
  }

  private void log(Outcome outcome) {
    String path = outcome.file().path();
    switch (outcome) {
      case Outcome.Arrived arrived -> terms.log().event(arrived.wasThere() ? "there already" : "copied", "path", path,
          "bytes", arrived.facts().sizeBytes());
      case Outcome.Deleted deleted -> terms.log().event("deleted", "path", path);
      case Outcome.Gone gone -> terms.log().event("gone", "path", path);
      case Outcome.Failed failed -> terms.log().event("failed", "path", path, "reason", failed.reason());
    }
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
