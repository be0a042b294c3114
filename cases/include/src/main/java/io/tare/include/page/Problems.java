package io.tare.include.page;

import java.util.ArrayList;
import java.util.List;

/** What went wrong on one page: all are counted, the first ones kept in words. */
public final class Problems {
  private static final int KEPT = 16;

  private final List<String> first = new ArrayList<>();
  private int count;

  public synchronized void add(String where, String message) {
    count++;
    if (first.size() < KEPT) {
      first.add(where + ": " + message);
    }
  }

  public synchronized int count() {
    return count;
  }

  public synchronized List<String> first() {
    return List.copyOf(first);
  }
}
