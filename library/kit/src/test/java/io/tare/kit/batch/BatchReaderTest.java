package io.tare.kit.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tare.kit.Eventually;
import io.tare.kit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReaderTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void everyItemComesOnceInOrder(int maxAhead) {
    Random random = Seed.random("everyItemComesOnceInOrder");
    for (int round = 0; round < 50; round++) {
      int count = random.nextInt(200);
      int maxItems = 1 + random.nextInt(50);
      List<Integer> seen = new ArrayList<>();
      try (BatchReader<Integer> reader = BatchReader.open(numbers(count), new BatchLimits(maxItems, maxAhead))) {
        while (reader.hasNext()) {
          List<Integer> batch = reader.next();
          assertThat(batch).isNotEmpty().hasSizeLessThanOrEqualTo(maxItems);
          seen.addAll(batch);
        }
        assertThat(reader.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(reader::next);
        assertThat(reader.statistics().items()).isEqualTo(count);
      }
      assertThat(seen).hasSize(count).isSorted().doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void readingNeverGetsFurtherAheadThanAllowed(int maxAhead) throws InterruptedException {
    AtomicInteger reads = new AtomicInteger();
    BatchSource<Integer, Integer> counting = (from, maxItems) -> {
      reads.incrementAndGet();
      return numbers(1_000).read(from, maxItems);
    };
    int consumed = 0;
    try (BatchReader<Integer> reader = BatchReader.open(counting, new BatchLimits(10, maxAhead))) {
      while (reader.hasNext()) {
        reader.next();
        consumed++;
        int atMost = consumed + maxAhead;
        if (consumed < 10) {
          Eventually.holds("the reading comes up", () -> reads.get() == atMost);
          Thread.sleep(5);
        }
        assertThat(reads.get()).isLessThanOrEqualTo(atMost);
      }
      assertThat(maxAhead == 0 || reader.statistics().heldBackNanos() > 0).isTrue();
    }
    assertThat(consumed).isEqualTo(100);
  }

  @Test
  void theConsumerCanWriteWhileItReads() {
    TreeMap<Integer, String> store = new TreeMap<>();
    for (int i = 0; i < 1_000; i++) {
      store.put(i, "old");
    }
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    BatchSource<Integer, Integer> source = (from, maxItems) -> {
      lock.readLock().lock();
      try {
        List<Integer> keys = store.tailMap(from.orElse(0)).keySet().stream().limit(maxItems).toList();
        Integer next = keys.isEmpty() ? null : store.higherKey(keys.get(keys.size() - 1));
        return new Batch<>(keys, Optional.ofNullable(next));
      } finally {
        lock.readLock().unlock();
      }
    };
    try (BatchReader<Integer> reader = BatchReader.open(source, new BatchLimits(100, 2))) {
      while (reader.hasNext()) {
        List<Integer> batch = reader.next();
        lock.writeLock().lock();
        try {
          batch.forEach(key -> store.put(key, "new"));
        } finally {
          lock.writeLock().unlock();
        }
      }
    }
    assertThat(store.values()).hasSize(1_000).containsOnly("new");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aFailureComesAfterTheBatchesBeforeIt(int maxAhead) {
    BatchSource<Integer, Integer> failing = (from, maxItems) -> {
      if (from.orElse(0) >= 20) {
        throw new java.io.IOException("disk gone");
      }
      return numbers(100).read(from, maxItems);
    };
    try (BatchReader<Integer> reader = BatchReader.open(failing, new BatchLimits(10, maxAhead))) {
      assertThat(reader.next()).hasSize(10);
      assertThat(reader.next()).hasSize(10);
      assertThatExceptionOfType(BatchReadException.class).isThrownBy(reader::next)
          .withMessage("the source failed after 20 items").withCauseInstanceOf(java.io.IOException.class);
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void anErrorOfTheSourceComesThrough() {
    BatchSource<Integer, Integer> broken = (from, maxItems) -> {
      throw new StackOverflowError("too deep");
    };
    try (BatchReader<Integer> reader = BatchReader.open(broken, new BatchLimits(10, 1))) {
      assertThatExceptionOfType(StackOverflowError.class).isThrownBy(reader::hasNext);
    }
  }

  @Test
  void aSourceThatBreaksItsPromisesIsStopped() {
    BatchSource<Integer, Integer> stuck = (from, maxItems) -> Batch.of(List.of(), 7);
    BatchSource<Integer, Integer> greedy = (from, maxItems) -> Batch.last(List.of(1, 2, 3));
    try (BatchReader<Integer> reader = BatchReader.open(stuck, new BatchLimits(2, 1))) {
      assertThatExceptionOfType(BatchReadException.class).isThrownBy(reader::hasNext)
          .withMessageContaining("does not get on");
    }
    try (BatchReader<Integer> reader = BatchReader.open(greedy, new BatchLimits(2, 0))) {
      assertThatExceptionOfType(BatchReadException.class).isThrownBy(reader::hasNext)
          .withMessageContaining("gave 3 items");
    }
  }

  @Test
  void closingEarlyWaitsForTheReadThatIsGoingOn() throws InterruptedException {
    CountDownLatch inRead = new CountDownLatch(1);
    AtomicBoolean transactionOpen = new AtomicBoolean();
    BatchSource<Integer, Integer> slow = (from, maxItems) -> {
      transactionOpen.set(true);
      inRead.countDown();
      Thread.sleep(100);
      transactionOpen.set(false);
      return Batch.of(List.of(1), from.orElse(0) + 1);
    };
    BatchReader<Integer> reader = BatchReader.open(slow, new BatchLimits(1, 5));
    inRead.await();
    reader.close();
    assertThat(transactionOpen).isFalse();
    assertThat(reader.hasNext()).isFalse();
    assertThat(readerThreads()).isZero();
  }

  @Test
  void aForgottenReaderLeavesNoThread() throws InterruptedException {
    forget();
    Eventually.afterGc("the reading thread ends", () -> readerThreads() == 0);
  }

  private static void forget() {
    BatchReader.open(numbers(1_000_000), new BatchLimits(1, 2)).next();
  }

  private static long readerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tare-batch-reader")).count();
  }

  private static BatchSource<Integer, Integer> numbers(int count) {
    return (from, maxItems) -> {
      int start = from.orElse(0);
      int end = Math.min(count, start + maxItems);
      List<Integer> items = new ArrayList<>();
      for (int i = start; i < end; i++) {
        items.add(i);
      }
      return end == count ? Batch.last(items) : Batch.of(items, end);
    };
  }
}
