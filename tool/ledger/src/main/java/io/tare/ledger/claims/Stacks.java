package io.tare.ledger.claims;

import java.util.OptionalLong;

/** A stack's name in the books: {@code "worker-3" (4711)}, unique by the thread's id. */
public final class Stacks {
  private Stacks() {}

  static String name(long tid, String name) {
    return tid + " " + name;
  }

  /** The thread's id in such a name; empty for a stack without a thread. */
  public static OptionalLong tid(String stackName) {
    int blank = stackName.indexOf(' ');
    try {
      return blank < 0 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(stackName.substring(0, blank)));
    } catch (NumberFormatException noThread) {
      return OptionalLong.empty();
    }
  }

  public static String threadName(String stackName) {
    int blank = stackName.indexOf(' ');
    return blank < 0 ? stackName : stackName.substring(blank + 1);
  }
}
