package io.tare.fleet.agent;

import io.tare.fleet.bucket.Bucket;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Brings whole segments to their destination, the oldest first, on a thread of its own; when that fails it tries again, more and more rarely. */
final class Delivery {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long FIRST_PAUSE_MILLIS = 1_000;

  private final Spool spool;
  private final Destination destination;
  private final String node;
  private final AgentNumbers numbers;
  private final AgentLog log;
  private final long longestPauseMillis;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hurry = lock.newCondition();
  private final Thread thread;
  private final Pauses pauses;
  private volatile boolean isEnding;

  /** Waits so long before the next try, or shorter when the agent is to end. */
  interface Pauses {
    void pause(long millis) throws InterruptedException;
  }

  Delivery(Spool spool, Destination destination, String node, long longestPauseMillis, AgentNumbers numbers,
      AgentLog log) {
    this(spool, destination, node, longestPauseMillis, numbers, log, Optional.empty());
  }

  /** @param played time that is not waited for */
  Delivery(Spool spool, Destination destination, String node, long longestPauseMillis, AgentNumbers numbers,
      AgentLog log, Optional<Pauses> played) {
    this.spool = spool;
    this.destination = destination;
    this.node = node;
    this.longestPauseMillis = longestPauseMillis;
    this.numbers = numbers;
    this.log = log;
    pauses = played.orElse(this::pause);
    thread = Thread.ofPlatform().daemon().name("delivery").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (true) {
        Optional<Spool.Ready> next = spool.next(isEnding ? 0 : PATIENCE_MILLIS);
        if (next.isEmpty()) {
          if (isEnding) {
            return;
          }
          continue;
        }
        if (deliver(next.get())) {
          pause = FIRST_PAUSE_MILLIS;
        } else if (isEnding) {
          return;
        } else {
          pauses.pause(pause);
          pause = Math.min(longestPauseMillis, pause * 2);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean deliver(Spool.Ready one) {
    try {
      destination.put(one.name().place(node), one.path());
      spool.delivered(one);
      if (numbers.deliveryFailing.getAndSet(0) > 0) {
        log.info("delivery-works-again", "to", destination.words());
      }
      numbers.delivered.incrementAndGet();
      numbers.deliveredBytes.addAndGet(one.bytes());
      numbers.lastDeliveryMillis.set(System.currentTimeMillis());
      return true;
    } catch (IOException away) {
      spool.kept();
      numbers.deliveryFailures.incrementAndGet();
      if (numbers.deliveryFailing.getAndSet(1) == 0) {
        log.error(away instanceof Bucket.Refused ? "delivery-refused" : "delivery-fails", "to",
            destination.words(),
            "why", String.valueOf(away.getMessage()), "spool", spool.bytes(), "until",
            "it works: what does not fit the spool is dropped, the oldest first");
      }
      return false;
    }
  }

  private void pause(long millis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!isEnding && left > 0) {
        left = hurry.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Delivers what there is, for so long at most; the rest stays in the spool for the next agent. */
  void finish(long mostMillis) throws InterruptedException {
    isEnding = true;
    lock.lock();
    try {
      hurry.signalAll();
    } finally {
      lock.unlock();
    }
    spool.wakeUp();
    thread.join(Math.max(1, mostMillis));
  }
}
