package io.tare.cases.faults.scene;

import java.io.IOException;
import java.time.Duration;

/** How long a program of the corpus lives: until its input ends, and not longer than asked. */
public final class Hold {
  private Hold() {}

  public static void untilInputEnds() throws IOException {
    byte[] ignored = new byte[64];
    int read = 0;
    while (read >= 0) {
      read = System.in.read(ignored);
    }
  }

  /** Nobody may be left behind: a program whose starter forgot it ends by itself. */
  public static void endAfter(Duration limit) {
    Thread watch = new Thread(() -> {
      try {
        Thread.sleep(limit.toMillis());
        System.exit(0);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }, "time-limit");
    watch.setDaemon(true);
    watch.start();
  }
}
