package io.tare.sync.run;

import io.tare.sync.run.PendingPlaces.Pending;
import io.tare.sync.run.Survey.Surveyed;
import io.tare.sync.source.Listing;
import io.tare.sync.source.Place;
import io.tare.sync.state.FileCursor;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateTransaction;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Lists the source with many workers and writes what they find with one: pages wait in a short queue, and workers wait when it is
 * full. One transaction holds the files of some pages together with the places that they complete and discover.
 *
 * <p>A commit waits for the disk, so pages are gathered for it until there are many, or some seconds are over. Places that a gathered
 * page discovers are listed meanwhile: their pages come to the state file with it or after it, never before.
 */
final class Scan {
  private static final long MOST_NANOS_PER_BATCH = TimeUnit.SECONDS.toNanos(5);
  private static final int MOST_FRESH = 10_000;

  private final StateCache cache;
  private final PendingPlaces pending;
  private final Progress progress;
  private final Plan plan;
  /** Handed out and not yet committed as done. */
  private final Set<String> taken = new HashSet<>();
  /** Discovered by pages gathered. What does not fit here comes from the state file later. */
  private final Deque<Place> fresh = new ArrayDeque<>();
  private int underWay;

  /**
   * How it works.
   *
   * @param byHash whether contents are to be compared later
   * @param afterCommit what is done behind each commit
   */
  record Plan(int workers, Listing listing, int filesPerBatch, boolean byHash, Runnable afterCommit) {}

  Scan(StateCache cache, PendingPlaces pending, Progress progress, Plan plan) {
    this.cache = cache;
    this.pending = pending;
    this.progress = progress;
    this.plan = plan;
  }

  /** Lists all that is pending. When a place can't be listed, what was found so far is kept, and the failure is thrown. */
  void run(Survey survey) throws IOException, InterruptedException {
    try (ListingWorkers listing = ListingWorkers.start(survey, plan.workers())) {
      handOutStored(listing);
      while (underWay > 0) {
        List<Surveyed> pages = new ArrayList<>();
        try {
          gather(pages, listing);
        } finally {
          write(pages);
        }
        handOutStored(listing);
      }
    }
  }

  private void gather(List<Surveyed> pages, ListingWorkers listing) throws IOException, InterruptedException {
    long end = System.nanoTime() + MOST_NANOS_PER_BATCH;
    int files = 0;
    while (underWay > 0 && files < plan.filesPerBatch()) {
      Optional<Surveyed> next = listing.take(Math.max(0, end - System.nanoTime()));
      if (next.isEmpty() && !pages.isEmpty()) {
        return;
      }
      if (next.isEmpty()) {
        end = System.nanoTime() + MOST_NANOS_PER_BATCH;
        continue;
      }
      Surveyed page = next.get();
      pages.add(page);
      files += 1 + page.files().size() + page.places().size();
      progress.add(page.files().size());
      page.places().stream().limit(MOST_FRESH - fresh.size()).forEach(place -> fresh.add(Place.of(place)));
      if (page.page().isLast()) {
        underWay--;
      }
      handOutFresh(listing);
    }
  }

  private void handOutFresh(ListingWorkers listing) {
    while (underWay < 2 * plan.workers() && !fresh.isEmpty()) {
      handOut(plan.listing() == Listing.RECURSIVE ? fresh.removeLast() : fresh.removeFirst(), listing);
    }
  }

  private void handOutStored(ListingWorkers listing) {
    int wanted = 2 * plan.workers() - underWay;
    if (wanted <= 0 || !fresh.isEmpty()) {
      return;
    }
    List<Pending> rows = cache.read(transaction -> pending.first(taken.size() + wanted, transaction));
    for (Pending row : rows) {
      if (underWay < 2 * plan.workers() && !taken.contains(row.key())) {
        handOut(row.place(), listing);
      }
    }
  }

  private void handOut(Place place, ListingWorkers listing) {
    taken.add(pending.key(place.path()));
    underWay++;
    listing.list(place);
  }

  private void write(List<Surveyed> pages) {
    if (pages.isEmpty()) {
      return;
    }
    cache.write(transaction -> {
      pages.forEach(page -> write(page, transaction));
      return true;
    });
    for (Surveyed page : pages) {
      if (page.page().isLast()) {
        taken.remove(pending.key(page.listed().path()));
      }
    }
    plan.afterCommit().run();
  }

  private void write(Surveyed page, StateTransaction transaction) {
    page.files().stream().sorted((one, other) -> one.file().path().compareTo(other.file().path()))
        .forEach(file -> write(file, transaction));
    page.places().forEach(place -> pending.add(Place.of(place), transaction));
    Place listed = page.listed();
    if (page.page().isLast()) {
      pending.done(listed, transaction);
    } else {
      page.page().continuation().ifPresent(at -> pending.add(new Place(listed.path(), at), transaction));
    }
  }

  private void write(SeenFile file, StateTransaction transaction) {
    FileCursor files = transaction.files();
    Optional<FileEntry> known = files.find(file.file().path());
    FileEntry entry = file.judge(known, plan.byHash());
    boolean isKnownAsIs = known.isPresent() && known.get().facts().equals(entry.facts());
    if (!isKnownAsIs) {
      transaction.put(entry);
    } else if (known.get().state() != entry.state()) {
      files.set(entry.state());
    }
  }
}
