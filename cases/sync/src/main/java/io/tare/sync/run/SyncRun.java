package io.tare.sync.run;

import io.tare.probe.marks.Marks;
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
  private final RunLog log;
  private final Journal journal;
  private final RssBudget budget;

  public SyncRun(StateCache cache, RunOptions options, Progress progress, RunLog log) {
    this.cache = cache;
    this.options = options;
    this.progress = progress;
    this.log = log;
    this.journal = new Journal(cache);
    this.budget = new RssBudget(cache, options.limits().rssBytes());
  }

  public RunResult run(Source source, Destination destination) throws IOException, InterruptedException {
    journal.belongsTo(source.identity(), destination.identity());
    log.event("run", "from", source.identity(), "to", destination.identity());
    Phase phase = begin();
    boolean goesOnWithTransfer = phase == Phase.TRANSFER;
    for (; phase != Phase.TRANSFER; phase = journal.phase()) {
      work(phase, new Survey(source, destination, options.scope()));
    }
    StateCount found = StateCount.of(cache, budget::keep);
    long heldBack = options.deletes().heldBack(found);
    if (heldBack > 0) {
      log.event("held back", "deletions", heldBack);
    }
    if (options.isDryRun()) {
      if (!goesOnWithTransfer) {
        journal.enter(Phase.IDLE);
      }
      return ended(new RunResult(found, Optional.empty(), heldBack));
    }
    boolean deletes = options.deletes().wanted() && heldBack == 0;
    TransferCount moved = transfer(source, destination, found, deletes);
    journal.enter(Phase.IDLE);
    cache.sync();
    return ended(
        new RunResult(moved.isNothing() ? found : StateCount.of(cache, budget::keep), Optional.of(moved), heldBack));
  }

  private RunResult ended(RunResult result) {
    result.transfer().ifPresent(moved -> log.event("end", "copied", moved.arrived(), "there already",
        moved.foundThere(), "deleted", moved.deleted(), "gone", moved.gone(), "failed", moved.failed()));
    log.flush();
    return result;
  }

  /**
   * The phase to go on with. A scan that was cut under another filter left out what this one wants: finding the rest deleted would be
   * wrong, so it begins again.
   */
  private Phase begin() {
    Phase phase = journal.phase();
    boolean beginsAgain = phase == Phase.IDLE
        || (phase != Phase.TRANSFER && !journal.isFilteredBy(options.scope().filter()));
    if (!beginsAgain) {
      return phase;
    }
    journal.begin(options.scope().filter());
    return Phase.PREPARE;
  }

  private void work(Phase phase, Survey survey) throws IOException, InterruptedException {
    Marks.at("START_" + phase);
    log.event("begin", "phase", phase.name());
    switch (phase) {
      case PREPARE -> {
        rewrite(phase, Change.PREPARE);
        enterScan(survey.source().root());
      }
      case SCAN -> {
        progress.begin(phase, OptionalLong.empty());
        scan(survey);
        journal.enter(phase.next());
        progress.end();
      }
      case FINALIZE -> {
        OutOfScope.forget(cache, options.scope().filter());
        rewrite(phase, Change.FINALIZE);
        journal.enter(phase.next());
      }
      case IDLE, TRANSFER -> throw new IllegalStateException("not a phase of the state file: " + phase);
    }
    cache.sync();
    log.flush();
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

  private void scan(Survey survey) throws IOException, InterruptedException {
    Scan.Plan plan = new Scan.Plan(options.workers(), options.listing(), BatchedRewrite.BEST_FILES_PER_BATCH,
        options.scope().verify() == Verify.HASH, budget::keep);
    new Scan(cache, new PendingPlaces(options.listing()), progress, plan).run(survey);
  }

  private void rewrite(Phase phase, Change change) {
    progress.begin(phase, OptionalLong.of(cache.entries()));
    long[] before = {0};
    options.rewrite().apply(change, cache, (moment, batches, files) -> {
      if (moment == Moment.AFTER_WRITE) {
        progress.add(files - before[0]);
        before[0] = files;
        Marks.tick(phase + "_AFTER_BATCH_" + batches, files);
        budget.keep();
      }
    });
    progress.end();
  }

  private TransferCount transfer(Source source, Destination destination, StateCount count, boolean deletes)
      throws IOException, InterruptedException {
    long waiting = count.waiting() + (deletes ? count.of(FileState.DELETED_IN_SOURCE) : 0);
    if (waiting == 0 && !cache.read(TransferFeed::wasCut)) {
      return TransferCount.NONE;
    }
    Marks.at("START_" + Phase.TRANSFER);
    log.event("begin", "phase", Phase.TRANSFER.name(), "files", waiting);
    progress.begin(Phase.TRANSFER, OptionalLong.of(waiting));
    FileTransfer one = new FileTransfer(source, destination, Retry.DEFAULT,
        new ByteRate(options.limits().bytesPerSecond()));
    Transfer.Terms terms = new Transfer.Terms(options.workers(), deletes, options.scope().filter()::isIn, log,
        budget::keep);
    TransferCount moved = new Transfer(cache, one, progress, terms).run();
    progress.end();
    Marks.at("END_" + Phase.TRANSFER, moved.arrived());
    return moved;
  }
}
