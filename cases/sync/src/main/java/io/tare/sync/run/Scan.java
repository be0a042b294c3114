package io.tare.sync.run;

import io.tare.sync.run.PendingPlaces.Pending;
import io.tare.sync.source.Page;
import io.tare.sync.source.Page.ListedFile;
import io.tare.sync.source.Place;
import io.tare.sync.source.Source;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.StateCache;
import io.tare.sync.state.StateTransaction;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the source with many workers and writes what they find with one: pages wait in a short queue, and workers wait when it is
 * full. One transaction holds the files of some pages together with the places that they complete and discover.
 */
final class Scan {
  private final StateCache cache;
  private final PendingPlaces pending;
  private final Progress progress;
  private final int filesPerBatch;

  Scan(StateCache cache, PendingPlaces pending, Progress progress, int filesPerBatch) {
    this.cache = cache;
    this.pending = pending;
    this.progress = progress;
    this.filesPerBatch = filesPerBatch;
  }

  /** Lists all that is pending. When a place can't be listed, what was found so far is kept, and the failure is thrown. */
  void run(Source source, int workers) throws IOException, InterruptedException {
    Set<String> handedOut = new HashSet<>();
    try (ListingWorkers listing = ListingWorkers.start(source, workers)) {
      handOut(listing, handedOut, workers);
      while (!handedOut.isEmpty()) {
        write(listing.take(filesPerBatch), handedOut);
        handOut(listing, handedOut, workers);
      }
    }
  }

  private void handOut(ListingWorkers listing, Set<String> handedOut, int workers) {
    int wanted = 2 * workers - handedOut.size();
    if (wanted <= 0) {
      return;
    }
    List<Pending> rows = cache.read(transaction -> pending.first(2 * workers, transaction));
    for (Pending row : rows) {
      if (handedOut.size() < 2 * workers && handedOut.add(row.key())) {
        listing.list(row.place());
      }
    }
  }

  private void write(List<Page> pages, Set<String> handedOut) {
    cache.write(transaction -> {
      pages.forEach(page -> write(page, transaction));
      return true;
    });
    for (Page page : pages) {
      progress.add(page.files().size());
      if (page.isLast()) {
        handedOut.remove(pending.key(page.listed().path()));
      }
    }
  }

  private void write(Page page, StateTransaction transaction) {
    page.files().stream().sorted((one, other) -> one.path().compareTo(other.path()))
        .forEach(file -> write(file, transaction));
    page.places().forEach(place -> pending.add(Place.of(place), transaction));
    Place listed = page.listed();
    if (page.isLast()) {
      pending.done(listed, transaction);
    } else {
      page.continuation().ifPresent(at -> pending.add(new Place(listed.path(), at), transaction));
    }
  }

  private static void write(ListedFile file, StateTransaction transaction) {
    Optional<FileEntry> known = transaction.find(file.path());
    FileEntry entry = SeenFile.judge(file, known);
    if (known.isEmpty() || !known.get().equals(entry)) {
      transaction.put(entry);
    }
  }
}
