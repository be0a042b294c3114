package io.tare.offsets.round;

import io.tare.offsets.tracker.Progress;

/** Works on the messages that came, block by block and within a block in an order of its own, as parallel workers would. */
final class UpdateLoop extends Loop {
  private static final int BLOCK = 64;
  /** Odd, so that it visits each place of a block once. */
  private static final int STRIDE = 37;

  private final Partition partition;
  private final long end;
  private final Latencies latencies;

  UpdateLoop(Partition partition, long end, Latencies latencies, Stop stop) {
    super("update", partition, stop);
    this.partition = partition;
    this.end = end;
    this.latencies = latencies;
  }

  @Override
  boolean step() {
    long first = partition.updated() + 1;
    long last = Math.min(Math.min(first + BLOCK - 1, partition.received()), end);
    if (last < first) {
      pause(1);
      return true;
    }
    long start = System.nanoTime();
    update(first, last);
    latencies.record(System.nanoTime() - start);
    partition.updateUpTo(last);
    return last < end;
  }

  private void update(long first, long last) {
    for (int i = 0; i < BLOCK; i++) {
      long offset = first + i * STRIDE % BLOCK;
      if (offset <= last && partition.tracker().read(offset) == Progress.IN_FLIGHT) {
        partition.tracker().done(offset);
      }
    }
  }
}
