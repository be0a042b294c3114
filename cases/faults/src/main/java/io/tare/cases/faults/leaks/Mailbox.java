package io.tare.cases.faults.leaks;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Messages that come faster than anybody reads them. */
final class Mailbox {
  private static final Queue<byte[]> INBOX = new ConcurrentLinkedQueue<>();

  private Mailbox() {}

  static void leak() {
    for (int i = 0; i < Leaks.MANY; i++) {
      INBOX.add(new byte[Leaks.EACH_BYTES]);
    }
  }
}
