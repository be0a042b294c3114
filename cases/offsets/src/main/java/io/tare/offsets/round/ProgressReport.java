package io.tare.offsets.round;

import io.tare.probe.marks.Marks;
import java.util.TimerTask;

/** Marks a partition's progress once a second. */
final class ProgressReport extends TimerTask {
  private final Partition partition;
  private final String label;

  ProgressReport(Partition partition) {
    this.partition = partition;
    this.label = "PARTITION_" + partition.number();
  }

  @Override
  public void run() {
    Marks.tick(label, partition.nextToRead());
  }
}
