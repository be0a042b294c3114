package io.tare.cases.faults.leaks;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which orders were handled already: a set that only grows. */
final class SeenOrders {
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  private SeenOrders() {}

  static void leak() {
    for (int i = 0; i < Leaks.MANY; i++) {
      SEEN.add(Leaks.text("order ", i));
    }
  }
}
