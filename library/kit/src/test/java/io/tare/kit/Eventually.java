package io.tare.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/** Waits for what the garbage collector or another thread does in its own time. */
public final class Eventually {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private Eventually() {}

  public static void afterGc(String claim, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!holds.getAsBoolean() && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(holds.getAsBoolean()).as(claim).isTrue();
  }

  public static void holds(String claim, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!holds.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(2);
    }
    assertThat(holds.getAsBoolean()).as(claim).isTrue();
  }
}
