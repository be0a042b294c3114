package io.tare.offsets.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.probe.allocation.Allocations;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BitmapRingTest {
  private static final int TEN_MILLION = 10_000_000;

  @Test
  void tenMillionMessagesInFlightTakeAFifthOfAByteEach() {
    BitmapRing[] kept = new BitmapRing[1];
    new BitmapRing(0, 1);
    long bytes = Allocations.of(() -> kept[0] = new BitmapRing(0, TEN_MILLION)).bytes();
    assertThat(bytes).isLessThan(2_001_000);
    long appending = Allocations.of(() -> {
      for (long offset = 0; offset < TEN_MILLION; offset++) {
        if (!kept[0].append(offset)) {
          throw new IllegalStateException("full at " + offset);
        }
      }
    }).bytes();
    assertThat(appending).as("and grow by nothing while they come").isLessThan(1_000);
    assertThat(kept[0].commitNextToRead()).isZero();
  }

  @Test
  void aStuckMessageFillsTheWindowAndNoMore() {
    BitmapRing ring = new BitmapRing(0, 100);
    ring.append(0);
    long offset = 1;
    while (ring.append(offset)) {
      ring.done(offset++);
    }
    assertThat(offset).isBetween(100L, 180L);
    assertThat(ring.append(offset)).isFalse();
    ring.done(0);
    assertThat(ring.append(offset)).as("once it is done there is room again").isTrue();
  }

  @Test
  void anEmptyWindowStartsAnewBehindAnyGap() {
    BitmapRing ring = new BitmapRing(0, 100);
    ring.append(0);
    assertThat(ring.append(1L << 50)).as("the first one is in flight").isFalse();
    ring.done(0);
    assertThat(ring.append(1L << 50)).isTrue();
    assertThat(ring.commitNextToRead()).isEqualTo(1L << 50);
    assertThat(ring.read(1L << 49)).isEqualTo(Progress.DONE);
  }

  @Test
  void aWindowOfNothingIsRefused() {
    assertThatThrownBy(() -> new BitmapRing(0, 0)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }

  @Test
  void theSteadyStateAllocatesNothing() {
    BitmapRing ring = new BitmapRing(0, 1_000);
    AtomicLong next = new AtomicLong();
    double bytes = Allocations.perCall(() -> {
      long offset = next.getAndIncrement();
      ring.append(offset);
      ring.read(offset);
      ring.done(offset);
      ring.commitNextToRead();
    }).bytesPerCall();
    assertThat(bytes).isZero();
  }

  /** Eight threads over many laps of a small ring: nothing is lost, nothing is committed too early. */
  @Test
  void manyLapsWithManyThreadsLoseNothing() throws Exception {
    BitmapRing ring = new BitmapRing(0, 300);
    AtomicLong next = new AtomicLong();
    long messages = 200_000;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Long>> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        workers.add(threads.submit(() -> work(ring, next, messages)));
      }
      for (Future<Long> worker : workers) {
        assertThat(worker.get()).as("commits that passed a message of this thread in flight").isZero();
      }
    }
    assertThat(ring.commitNextToRead()).isEqualTo(messages);
  }

  private static long work(BitmapRing ring, AtomicLong next, long messages) {
    long tooEarly = 0;
    while (true) {
      long offset;
      synchronized (next) {
        offset = next.get();
        if (offset >= messages) {
          return tooEarly;
        }
        if (!ring.append(offset)) {
          offset = -1;
        } else {
          next.incrementAndGet();
        }
      }
      if (offset < 0) {
        Thread.yield();
        continue;
      }
      tooEarly += ring.commitNextToRead() > offset ? 1 : 0;
      tooEarly += ring.done(offset) ? 0 : 1;
      tooEarly += ring.done(offset) ? 1 : 0;
    }
  }
}
