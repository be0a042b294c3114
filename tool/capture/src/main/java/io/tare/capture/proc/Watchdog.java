package io.tare.capture.proc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Does readings that may never return, each on a thread of its own: a target can make a read of its memory or of its files wait for ever.
 * Such a system call can't be ended, only left behind; its thread keeps nothing alive.
 */
public final class Watchdog {
  private static final ExecutorService THREADS = Executors
      .newCachedThreadPool(Thread.ofPlatform().daemon().name("reading-", 0).factory());
  private static final long SLICE_NANOS = 50_000_000;
  /** How long a reading may still go on when the one who waits is in a hurry. */
  private static final long HURRIED_NANOS = 300_000_000;

  private Watchdog() {}

  public static <T> Future<T> begin(Callable<T> reading) {
    return THREADS.submit(reading);
  }

  /** Waits for the reading; false when it did not end within the limit, or when this thread was interrupted. */
  public static boolean ends(Future<?> reading, Duration limit) {
    return ends(reading, limit, () -> false);
  }

  /** As {@link #ends(Future, Duration)}, and soon after {@code hurry} becomes true it is not waited for any longer. */
  public static boolean ends(Future<?> reading, Duration limit, BooleanSupplier hurry) {
    long until = System.nanoTime() + limit.toNanos();
    boolean hurried = false;
    while (!reading.isDone()) {
      if (!hurried && hurry.getAsBoolean()) {
        hurried = true;
        until = Math.min(until, System.nanoTime() + HURRIED_NANOS);
      }
      long left = until - System.nanoTime();
      if (left <= 0 || !waits(reading, Math.min(left, SLICE_NANOS))) {
        return reading.isDone();
      }
    }
    return true;
  }

  /** False when interrupted. */
  private static boolean waits(Future<?> reading, long nanos) {
    try {
      reading.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException goOn) {
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }

  /** What a reading that has ended came to: its value, or what it threw. */
  public static <T, E extends Exception> T result(Future<T> reading, Class<E> expected) throws E {
    if (reading.state() == Future.State.SUCCESS) {
      return reading.resultNow();
    }
    Throwable thrown = reading.exceptionNow();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException fault) {
      throw fault;
    }
    throw expected.cast(thrown);
  }

  /** Small readings of many processes. The more of them hang, the less time each of the next ones has, so that all end soon. */
  public static final class Many {
    private static final long FIRST_MILLIS = 2_000;
    private static final int MOST_HALVINGS = 6;

    private final BooleanSupplier hurry;
    private int hanging;

    public Many() {
      this(() -> false);
    }

    public Many(BooleanSupplier hurry) {
      this.hurry = hurry;
    }

    /** Empty when the reading hangs. */
    public <T> Optional<T> call(Callable<T> reading) {
      Future<T> begun = begin(reading);
      Duration limit = Duration.ofMillis(FIRST_MILLIS >> Math.min(hanging, MOST_HALVINGS));
      if (!ends(begun, limit, hurry)) {
        hanging++;
        return Optional.empty();
      }
      return Optional.of(result(begun, RuntimeException.class));
    }
  }
}
