package io.tare.history.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time of what is recorded: the wall clock's, which goes on as before when somebody sets that clock. The time since the machine's start, in
 * which it slept too, tells a step from time that has passed. A leak whose hours were set away would be no leak.
 */
public final class SteadyClock {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final long LEAST_STEP_MILLIS = 1_000;
  /** A clock is led back to the right time by half of this at most: that is followed. */
  private static final double MOST_DRIFT = 0.001;

  private final LongSupplier wall;
  private final LongSupplier boot;
  private long wallBefore;
  private long bootBefore;
  private long leftOutMillis;
  private long untoldMillis;

  public SteadyClock(LongSupplier wall, LongSupplier boot) {
    this.wall = wall;
    this.boot = boot;
    wallBefore = wall.getAsLong();
    bootBefore = boot.getAsLong();
  }

  public static SteadyClock ofMachine() {
    return new SteadyClock(System::currentTimeMillis, SteadyClock::sinceBoot);
  }

  /** Where the kernel hides it, a clock that stands still while the machine sleeps. */
  private static long sinceBoot() {
    try {
      String uptime = Files.readString(UPTIME, StandardCharsets.US_ASCII);
      return (long) (Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException hidden) {
      return System.nanoTime() / 1_000_000;
    }
  }

  public synchronized long millis() {
    long wallNow = wall.getAsLong();
    long bootNow = boot.getAsLong();
    long passed = bootNow - bootBefore;
    long step = wallNow - wallBefore - passed;
    if (Math.abs(step) > Math.max(LEAST_STEP_MILLIS, passed * MOST_DRIFT)) {
      leftOutMillis += step;
      untoldMillis += step;
    }
    wallBefore = wallNow;
    bootBefore = bootNow;
    return wallNow - leftOutMillis;
  }

  /** A moment of the wall clock, as others have written it down just now, in this clock's time. */
  synchronized Instant steady(Instant byWall) {
    return byWall.minusMillis(leftOutMillis);
  }

  /** Goes by the wall clock as it is now set: for one who begins anew. */
  public synchronized void followWall() {
    leftOutMillis = 0;
    untoldMillis = 0;
  }

  /** By how much the wall clock was set forward since this was asked last, or back where it is below zero; empty if it was not. */
  public synchronized Optional<Long> step() {
    long step = untoldMillis;
    untoldMillis = 0;
    return step == 0 ? Optional.empty() : Optional.of(step);
  }
}
