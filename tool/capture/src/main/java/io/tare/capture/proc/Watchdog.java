package io.tare.capture.proc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does readings that may never return, each on a thread of its own: a target can make a read of its memory or of its files wait for ever.
 * Such a system call can't be ended, only left behind; its thread keeps nothing alive.
 */
public final class Watchdog {
  private static final ExecutorService THREADS = Executors.newCachedThreadPool(Watchdog::thread);
  private static final long SLICE_NANOS = 50_000_000;
  private static final Duration SLICE = Duration.ofNanos(SLICE_NANOS);
  /** How long a reading may still go on when the one who waits is in a hurry. */
  private static final long HURRIED_NANOS = 300_000_000;

  private Watchdog() {}

  /** Without a number: the library's counts by a handle whose code would be made anew at each start. */
  private static Thread thread(Runnable reading) {
    Thread thread = new Thread(reading, "reading");
    thread.setDaemon(true);
    return thread;
  }

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
      if (!ends(begun, limit(), hurry)) {
        hanging++;
        return Optional.empty();
      }
      return Optional.of(result(begun, RuntimeException.class));
    }

    /** Reads one after the other, in their order; those that hang are told and left out. One thread reads them, until it hangs. */
    public <K, T> List<T> each(List<K> all, Function<K, T> reading, Consumer<K> hangs) {
      List<T> read = new ArrayList<>();
      int at = 0;
      while (at < all.size()) {
        Row<K, T> row = new Row<>(all.subList(at, all.size()), reading);
        Future<Boolean> begun = begin(row);
        boolean isOver = goesOn(row, begun);
        List<T> before = row.leave();
        read.addAll(before);
        at += before.size();
        if (isOver) {
          result(begun, RuntimeException.class);
        } else if (at < all.size()) {
          hanging++;
          hangs.accept(all.get(at++));
        }
      }
      return read;
    }

    /** Until all of it is read, which is true, or one of it takes too long. */
    private boolean goesOn(Row<?, ?> row, Future<?> begun) {
      int seen = 0;
      long until = System.nanoTime() + limit().toNanos();
      while (!ends(begun, SLICE) && !Thread.currentThread().isInterrupted()) {
        if (row.done() > seen) {
          seen = row.done();
          until = System.nanoTime() + limit().toNanos();
        } else if (System.nanoTime() - until >= 0) {
          break;
        }
        if (hurry.getAsBoolean()) {
          until = Math.min(until, System.nanoTime() + HURRIED_NANOS);
        }
      }
      return begun.isDone();
    }

    private Duration limit() {
      return Duration.ofMillis(FIRST_MILLIS >> Math.min(hanging, MOST_HALVINGS));
    }
  }

  /** What is read in a row; who has left it behind gets nothing of it any more. */
  private static final class Row<K, T> implements Callable<Boolean> {
    private final List<K> all;
    private final Function<K, T> reading;
    private final List<T> read = new ArrayList<>();
    private boolean isLeft;

    Row(List<K> all, Function<K, T> reading) {
      this.all = all;
      this.reading = reading;
    }

    @Override
    public Boolean call() {
      for (K one : all) {
        if (!add(reading.apply(one))) {
          return false;
        }
      }
      return true;
    }

    private synchronized boolean add(T value) {
      if (!isLeft) {
        read.add(value);
      }
      return !isLeft;
    }

    synchronized int done() {
      return read.size();
    }

    synchronized List<T> leave() {
      isLeft = true;
      return read;
    }
  }
}
