package io.tare.cases.faults.leaks;

import java.util.HashMap;
import java.util.Map;

/** Prices by the article's number, and no way to forget one. */
final class PriceList {
  private static final Map<Integer, byte[]> PRICES = new HashMap<>();

  private PriceList() {}

  static void leak() {
    for (int i = 0; i < Leaks.MANY; i++) {
      PRICES.put(i, new byte[Leaks.EACH_BYTES]);
    }
  }
}
