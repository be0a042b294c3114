package io.tare.cases.faults.leaks;

import java.util.LinkedHashMap;
import java.util.Map;

/** Rendered pages by address, in the order of their use; the eldest never goes. */
final class PageCache {
  private static final Map<String, String> PAGES = new LinkedHashMap<>(16, 0.75f, true);

  private PageCache() {}

  static void leak() {
    for (int i = 0; i < Leaks.MANY; i++) {
      PAGES.put("/page/" + i, Leaks.text("page ", i));
    }
  }
}
