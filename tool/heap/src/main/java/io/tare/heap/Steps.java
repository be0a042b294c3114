package io.tare.heap;

import java.util.concurrent.atomic.AtomicLong;

/** Adds up what is done of the present step. */
final class Steps {
  private final HeapProgress progress;
  private final AtomicLong done = new AtomicLong();
  private volatile String step = "";
  private volatile long total;

  Steps(HeapProgress progress) {
    this.progress = progress;
  }

  void begin(String name, long totalBytes) {
    step = name;
    total = totalBytes;
    done.set(0);
    progress.at(name, 0, totalBytes);
  }

  void add(long bytes) {
    progress.at(step, done.addAndGet(bytes), total);
  }
}
