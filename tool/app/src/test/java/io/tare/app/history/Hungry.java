package io.tare.app.history;

import java.util.ArrayList;
import java.util.List;

/** A program that takes two megabytes more every 50 ms, until somebody ends it. */
final class Hungry {
  private Hungry() {}

  public static void main(String[] words) throws InterruptedException {
    List<byte[]> kept = new ArrayList<>();
    while (kept.size() < 2_000) {
      kept.add(new byte[2 << 20]);
      Thread.sleep(50);
    }
  }
}
