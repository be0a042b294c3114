package io.tare.sync.run;

import io.tare.sync.source.Page;
import io.tare.sync.source.Place;
import io.tare.sync.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that list places, and the queue of pages between them and the one that writes. */
final class ListingWorkers implements AutoCloseable {
  private final Source source;
  private final ExecutorService threads;
  private final BlockingQueue<Found> found;

  /** What a worker came back with. */
  private sealed interface Found {
    /** A page. */
    record OnePage(Page page) implements Found {}

    /** No listing, but a reason. */
    record Failure(Exception reason) implements Found {}
  }

  private ListingWorkers(Source source, int workers) {
    this.source = source;
    this.threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().name("listing-", 1).factory());
    this.found = new ArrayBlockingQueue<>(2 * workers);
  }

  static ListingWorkers start(Source source, int workers) {
    return new ListingWorkers(source, workers);
  }

  void list(Place place) {
    threads.execute(() -> {
      try {
        work(place);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private void work(Place place) throws InterruptedException {
    try {
      source.list(place, page -> found.put(new Found.OnePage(page)));
    } catch (IOException | RuntimeException failure) {
      found.put(new Found.Failure(failure));
    }
  }

  /** Waits for a page, and takes what else is there up to so many files. */
  List<Page> take(int mostFiles) throws IOException, InterruptedException {
    List<Page> pages = new ArrayList<>();
    int files = 0;
    for (Found next = found.take(); next != null; next = files < mostFiles ? found.poll() : null) {
      switch (next) {
        case Found.OnePage one -> {
          pages.add(one.page());
          files += one.page().files().size();
        }
        case Found.Failure failure -> throw asIs(failure.reason());
      }
    }
    return pages;
  }

  private static IOException asIs(Exception reason) {
    return reason instanceof IOException known ? known : new IOException("listing failed: " + reason, reason);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
