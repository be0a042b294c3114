package io.tare.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PoolThreadsTest {
  private static final int THREADS = 4;
  private static final int STEPS = 20_000;

  @Test
  void noBufferEverHasTwoUsersAtOnce() throws InterruptedException {
    Random seeds = Seed.random("noBufferEverHasTwoUsersAtOnce");
    BufferPool pool = BufferPool.heap(PoolOptions.upTo(20_000).withPerThread(2));
    BlockingQueue<Lease<ByteBuffer>> handedOver = new ArrayBlockingQueue<>(16);
    AtomicInteger clashes = new AtomicInteger();
    runInThreads(seeds, random -> {
      for (int i = 0; i < STEPS; i++) {
        Lease<ByteBuffer> lease = pool.take(Long.BYTES + random.nextInt(2_000));
        long mark = random.nextLong();
        lease.value().putLong(0, mark);
        Lease<ByteBuffer> other = random.nextInt(4) == 0 ? handedOver.poll() : null;
        if (lease.value().getLong(0) != mark) {
          clashes.incrementAndGet();
        }
        if (other != null) {
          other.close();
        }
        if (random.nextInt(4) != 0 || !handedOver.offer(lease)) {
          lease.close();
        }
      }
    });
    handedOver.forEach(Lease::close);
    assertThat(clashes).hasValue(0);
    assertThat(pool.statistics().takes()).isEqualTo((long) THREADS * STEPS);
    assertThat(pool.statistics().heldWeight()).isLessThanOrEqualTo(20_000);
  }

  @Test
  void oneOfTwoThreadsThatReleaseTheSameLeaseIsTold() throws InterruptedException {
    Random seeds = Seed.random("oneOfTwoThreadsThatReleaseTheSameLeaseIsTold");
    ObjectPool<Object> pool = ObjectPool.of(Object::new, object -> {}, PoolOptions.upTo(100).withDebug());
    for (int round = 0; round < 200; round++) {
      Lease<Object> lease = pool.take();
      AtomicInteger told = new AtomicInteger();
      runInThreads(seeds, random -> {
        try {
          lease.close();
        } catch (IllegalStateException expected) {
          told.incrementAndGet();
        }
      });
      assertThat(told).hasValue(THREADS - 1);
    }
  }

  @Test
  void aBufferTakenHereAndReleasedThereComesBackHere() throws InterruptedException {
    BufferPool pool = BufferPool.heap(PoolOptions.upTo(1 << 20));
    Lease<ByteBuffer> lease = pool.take(100);
    ByteBuffer buffer = lease.value();
    Thread other = new Thread(lease::close);
    other.start();
    other.join();
    assertThat(pool.take(100).value()).isSameAs(buffer);
    assertThat(pool.statistics().depotTakes()).isEqualTo(1);
  }

  @Test
  void aBufferReleasedElsewhereDoesNotKeepTheIdleOnesOfAnEndedThread() throws InterruptedException {
    BufferPool pool = BufferPool.heap(PoolOptions.upTo(1 << 20));
    AtomicReference<Lease<ByteBuffer>> handedOver = new AtomicReference<>();
    Thread taker = new Thread(() -> {
      handedOver.set(pool.take(100));
      pool.take(100).close();
    });
    taker.start();
    taker.join();
    taker = null;
    handedOver.getAndSet(null).close();
    Eventually.afterGc("only the shared buffer is held", () -> pool.statistics().heldWeight() == 256);
    assertThat(pool.statistics().misuses()).isZero();
  }

  @Test
  void virtualThreadsShareOneStackInsteadOfKeepingTheirOwn() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    BufferPool pool = BufferPool.heap(PoolOptions.upTo(1 << 20));
    for (int i = 0; i < 100; i++) {
      Thread virtual = (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null,
          (Runnable) () -> pool.take(100).close());
      virtual.join();
    }
    assertThat(pool.statistics().created()).isEqualTo(1);
    assertThat(pool.statistics().depotTakes()).isEqualTo(99);
  }

  private interface Step {
    void run(Random random) throws InterruptedException;
  }

  private static void runInThreads(Random seeds, Step step) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seeds.nextLong());
      Thread thread = new Thread(() -> {
        try {
          step.run(random);
        } catch (Throwable e) {
          failure.set(e);
        }
      });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failure.get()).isNull();
  }

  @Test
  void pooledObjectsAreExclusiveUnderLoad() throws InterruptedException {
    Random seeds = Seed.random("pooledObjectsAreExclusiveUnderLoad");
    ObjectPool<AtomicInteger> pool = ObjectPool.of(AtomicInteger::new, users -> {},
        PoolOptions.upTo(6).withPerThread(1));
    ConcurrentHashMap<AtomicInteger, Boolean> clashes = new ConcurrentHashMap<>();
    runInThreads(seeds, random -> {
      for (int i = 0; i < STEPS; i++) {
        try (Lease<AtomicInteger> lease = pool.take()) {
          if (lease.value().incrementAndGet() != 1) {
            clashes.put(lease.value(), true);
          }
          lease.value().decrementAndGet();
        }
      }
    });
    assertThat(clashes).isEmpty();
  }
}
