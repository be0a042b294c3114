package io.tare.sync.run;

import io.tare.probe.Marks;
import io.tare.sync.destination.Destination;
import io.tare.sync.rewrite.BatchedRewrite;
import io.tare.sync.rewrite.Change;
import io.tare.sync.rewrite.RewriteListener.Moment;
import io.tare.sync.source.Place;
import io.tare.sync.source.Retry;
import io.tare.sync.source.Source;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** A run from the phase that the last one was cut in to the end. */
public final class SyncRun {
  private final StateCache cache;
  private final RunOptions options;
  private final Progress progress;
  private final Journal journal;

  public SyncRun(StateCache cache, RunOptions options, Progress progress) {
    this.cache = cache;
    this.options = options;
    this.progress = progress;
    this.journal = new Journal(cache);
  }

  public RunResult run(Source source, Destination destination) throws IOException, InterruptedException {
    journal.belongsTo(source.identity(), destination.identity());
    Phase phase = journal.phase();
    boolean goesOnWithTransfer = phase == Phase.TRANSFER;
    if (phase == Phase.IDLE) {
      phase = Phase.PREPARE;
      journal.enter(phase);
    }
    for (; phase != Phase.TRANSFER; phase = journal.phase()) {
      work(phase, source);
    }
    if (options.isDryRun()) {
      if (!goesOnWithTransfer) {
        journal.enter(Phase.IDLE);
      }
      StateCount found = StateCount.of(cache);
      return new RunResult(found, Optional.empty(), options.deletes().heldBack(found));
    }
    StateCount found = StateCount.of(cache);
    long heldBack = options.deletes().heldBack(found);
    TransferCount moved = transfer(source, destination, found, options.deletes().wanted() && heldBack == 0);
    journal.enter(Phase.IDLE);
    cache.sync();
    return new RunResult(StateCount.of(cache), Optional.of(moved), heldBack);
  }

  private void work(Phase phase, Source source) throws IOException, InterruptedException {
    Marks.at("START_" + phase);
    switch (phase) {
      case PREPARE -> {
        rewrite(phase, Change.PREPARE);
        enterScan(source.root());
      }
      case SCAN -> {
        progress.begin(phase, OptionalLong.empty());
        scan(source);
        journal.enter(phase.next());
        progress.end();
      }
      case FINALIZE -> {
        rewrite(phase, Change.FINALIZE);
        journal.enter(phase.next());
      }
      case IDLE, TRANSFER -> throw new IllegalStateException("not a phase of the state file: " + phase);
    }
    cache.sync();
    Marks.at("END_" + phase);
  }

  /** The phase and its first place become true together: a scan without a place would find everything deleted. */
  private void enterScan(Place root) {
    cache.write(transaction -> {
      transaction.units().clear();
      new PendingPlaces(options.listing()).add(root, transaction);
      Journal.enter(Phase.SCAN, transaction);
      return true;
    });
  }

  private void scan(Source source) throws IOException, InterruptedException {
    new Scan(cache, new PendingPlaces(options.listing()), progress, BatchedRewrite.BEST_FILES_PER_BATCH).run(source,
        options.workers());
  }

  private void rewrite(Phase phase, Change change) {
    progress.begin(phase, OptionalLong.of(cache.entries()));
    long[] before = {0};
    options.rewrite().apply(change, cache, (moment, batches, files) -> {
      if (moment == Moment.AFTER_WRITE) {
        progress.add(files - before[0]);
        before[0] = files;
        Marks.tick(phase + "_AFTER_BATCH_" + batches, files);
      }
    });
    progress.end();
  }

  private TransferCount transfer(Source source, Destination destination, StateCount count, boolean deletes)
      throws IOException, InterruptedException {
    Marks.at("START_" + Phase.TRANSFER);
    long waiting = count.of(FileState.NEW) + count.of(FileState.ERROR)
        + (deletes ? count.of(FileState.DELETED_IN_SOURCE) : 0);
    progress.begin(Phase.TRANSFER, OptionalLong.of(waiting));
    FileTransfer one = new FileTransfer(source, destination, Retry.DEFAULT);
    TransferCount moved = new Transfer(cache, one, options.workers(), progress).run(deletes);
    progress.end();
    Marks.at("END_" + Phase.TRANSFER, moved.arrived());
    return moved;
  }
}
