package io.tare.sync.run;

import io.tare.sync.run.Survey.Surveyed;
import io.tare.sync.source.Place;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Threads that list places, and the queue of pages between them and the one that writes. */
final class ListingWorkers implements AutoCloseable {
  private final Survey survey;
  private final ExecutorService threads;
  private final BlockingQueue<Found> found;

  /** What a worker came back with. */
  private sealed interface Found {
    /** A page. */
    record OnePage(Surveyed page) implements Found {}

    /** No listing, but a reason. */
    record Failure(Exception reason) implements Found {}
  }

  private ListingWorkers(Survey survey, int workers) {
    this.survey = survey;
    this.threads = Executors.newFixedThreadPool(workers, Thread.ofPlatform().name("listing-", 1).factory());
    this.found = new ArrayBlockingQueue<>(2 * workers);
  }

  static ListingWorkers start(Survey survey, int workers) {
    return new ListingWorkers(survey, workers);
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
      survey.list(place, page -> found.put(new Found.OnePage(page)));
    } catch (IOException | RuntimeException failure) {
      found.put(new Found.Failure(failure));
    }
  }

  /** Waits so long for a page. */
  Optional<Surveyed> take(long mostNanos) throws IOException, InterruptedException {
    return switch (found.poll(mostNanos, TimeUnit.NANOSECONDS)) {
      case null -> Optional.empty();
      case Found.OnePage one -> Optional.of(one.page());
      case Found.Failure failure -> throw asIs(failure.reason());
    };
  }

  private static IOException asIs(Exception reason) {
    return reason instanceof IOException known ? known : new IOException("listing failed: " + reason, reason);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
