package io.tare.include.load;

import io.tare.include.http.Head;
import io.tare.include.http.OriginAnswer;
import io.tare.include.http.OriginClient;
import io.tare.include.http.OriginLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A load with open arrivals: requests come at random moments of a given rate, whether the earlier ones are answered or not, as
 * those of many users do. A slow server therefore can't slow down its own measurement.
 */
public final class LoadGenerator {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long LONGEST_MICROS = 120_000_000L;

  private final LoadPlan plan;
  private final OriginClient client;
  private final Semaphore free;
  private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong bodyBytes = new AtomicLong();

  private LoadGenerator(LoadPlan plan) {
    this.plan = plan;
    this.client = new OriginClient(new OriginLimits(plan.mostUnderWay(), 5_000, 20_000, 30_000));
    this.free = new Semaphore(plan.mostUnderWay());
  }

  /** Runs the load to its end and waits for the last answers. */
  public static LoadReport run(LoadPlan plan, long seed) throws InterruptedException {
    LoadGenerator generator = new LoadGenerator(plan);
    try {
      return generator.run(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    } finally {
      generator.client.close();
    }
  }

  private LoadReport run(RandomGenerator random) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + plan.seconds() * SECOND_NANOS;
    long arrived = 0;
    long turnedAway = 0;
    for (long due = start; due < end; due += (long) (random.nextExponential() * SECOND_NANOS / plan.perSecond())) {
      LockSupport.parkNanos(due - System.nanoTime());
      arrived++;
      String path = "/" + plan.kind() + "/" + random.nextInt(plan.pages());
      long arrival = due;
      if (free.tryAcquire()) {
        Thread.ofVirtual().start(() -> ask(path, arrival));
      } else {
        turnedAway++;
      }
    }
    free.acquire(plan.mostUnderWay());
    double seconds = (System.nanoTime() - start) / (double) SECOND_NANOS;
    return new LoadReport(arrived, failed.get(), turnedAway, seconds, bodyBytes.get(), micros);
  }

  private void ask(String path, long arrivalNanos) {
    try (OriginAnswer answer = client.get(plan.target(),
        Head.request("GET", path, List.of(new Head.Field("Host", plan.target().toString()))))) {
      bodyBytes.addAndGet(answer.body().transferTo(OutputStream.nullOutputStream()));
      if (answer.head().isOk()) {
        micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - arrivalNanos) / 1_000));
      } else {
        failed.incrementAndGet();
      }
    } catch (IOException e) {
      failed.incrementAndGet();
    } finally {
      free.release();
    }
  }
}
