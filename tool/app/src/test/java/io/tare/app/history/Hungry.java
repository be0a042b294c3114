package io.tare.app.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that takes two megabytes more every 50 ms, and more slowly once it has some, or with a word one of native memory every 8 ms, until
 * somebody ends it. It begins when its input ends.
 */
final class Hungry {
  private static final int SOME = 25;

  private Hungry() {}

  public static void main(String[] words) throws InterruptedException, IOException {
    System.in.readAllBytes();
    List<Object> kept = new ArrayList<>();
    while (kept.size() < 2_000) {
      kept.add(words.length == 0 ? new byte[2 << 20] : filled(ByteBuffer.allocateDirect(1 << 20)));
      Thread.sleep(words.length > 0 ? 8 : kept.size() < SOME ? 50 : 200);
    }
  }

  private static ByteBuffer filled(ByteBuffer buffer) {
    while (buffer.hasRemaining()) {
      buffer.putLong(1);
    }
    return buffer;
  }
}
