package io.tare.cases.faults.leaks;

import java.util.concurrent.CountDownLatch;

/** A handle that its finalizer wants to give back to somebody who does not answer. */
final class SlowHandle {
  private static final CountDownLatch HANGS = new CountDownLatch(1);
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final byte[] state = new byte[Leaks.EACH_BYTES];

  @Override
  @SuppressWarnings({"deprecation", "removal", "Finalize"})
  protected void finalize() throws InterruptedException {
    state[0]++;
    HANGS.countDown();
    NEVER.await();
  }

  static void leak() throws InterruptedException {
    for (int i = 0; i < Leaks.MANY; i++) {
      new SlowHandle();
    }
    System.gc();
    HANGS.await();
  }
}
