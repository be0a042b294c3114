package io.tare.offsets.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three threads at full speed over thousands of laps of the smallest ring. The owner receives messages in pairs and finishes the
 * second one first, so that the answer of a commit is never an even offset; another thread is late with what is done already;
 * the third one commits.
 */
class StressTest {
  private static final long PAIRS = Long.getLong("pairs", 500_000);

  private volatile boolean over;
  /** The lower message of a pair while both are in flight for sure, else -1. */
  private volatile long inFlight = -1;
  private volatile long finished = -1;

  @ParameterizedTest
  @MethodSource("io.tare.offsets.tracker.LinearizabilityTest#everyTracker")
  void noCallSeesOrLeavesAStateThatNeverWas(LinearizabilityTest.Subject subject) throws Exception {
    OffsetTracker tracker = subject.create().apply(0);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Long> late = threads.submit(() -> finishAgain(tracker));
      Future<Long> committer = threads.submit(() -> commit(tracker));
      long refused = receiveAndFinish(tracker);
      over = true;
      assertThat(refused).as("messages in flight that were done before anyone finished them").isZero();
      assertThat(late.get()).as("messages done twice with success").isZero();
      assertThat(committer.get()).as("commits that were never right").isZero();
    }
    assertThat(tracker.commitNextToRead()).isEqualTo(2 * PAIRS);
  }

  private long receiveAndFinish(OffsetTracker tracker) {
    long wrong = 0;
    for (long even = 0; even < 2 * PAIRS; even += 2) {
      await(tracker, even);
      await(tracker, even + 1);
      inFlight = even;
      wrong += tracker.done(even + 1) ? 0 : 1;
      inFlight = -1;
      wrong += tracker.done(even) ? 0 : 1;
      finished = even;
    }
    return wrong;
  }

  private static void await(OffsetTracker tracker, long offset) {
    while (!tracker.append(offset)) {
      Thread.yield();
    }
  }

  private long finishAgain(OffsetTracker tracker) {
    long wrong = 0;
    while (!over) {
      long offset = finished;
      for (long back = 0; back < 80 && offset >= back; back += 7) {
        wrong += tracker.done(offset - back) ? 1 : 0;
      }
    }
    return wrong;
  }

  private long commit(OffsetTracker tracker) {
    long wrong = 0;
    long before = -1;
    while (!over) {
      long pair = inFlight;
      long committed = tracker.commitNextToRead() - 1;
      boolean pairStayed = pair >= 0 && pair == inFlight;
      wrong += committed >= 0 && committed % 2 == 0 || committed < before || pairStayed && committed != pair - 1
          ? 1
          : 0;
      before = committed;
    }
    return wrong;
  }
}
