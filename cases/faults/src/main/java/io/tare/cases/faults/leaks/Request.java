package io.tare.cases.faults.leaks;

import java.util.ArrayList;
import java.util.List;

/** A request whose retry waits for better times. */
final class Request {
  private static final List<Runnable> RETRIES = new ArrayList<>();

  private final byte[] body = new byte[Leaks.EACH_BYTES];

  /** Needs the first byte, holds them all. */
  private final class Retry implements Runnable {
    @Override
    public void run() {
      body[0]++;
    }
  }

  static void leak() {
    for (int i = 0; i < Leaks.MANY; i++) {
      RETRIES.add(new Request().new Retry());
    }
  }
}
