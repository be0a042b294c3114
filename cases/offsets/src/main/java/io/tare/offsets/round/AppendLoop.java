package io.tare.offsets.round;

/** Receives the messages of a round, and holds back while the tracker's window is full. */
final class AppendLoop extends Loop {
  private static final int MESSAGES_PER_STEP = 512;

  private final Partition partition;
  private final long end;

  AppendLoop(Partition partition, long end, Stop stop) {
    super("append", partition, stop);
    this.partition = partition;
    this.end = end;
  }

  @Override
  boolean step() {
    int appended = 0;
    while (appended < MESSAGES_PER_STEP && partition.received() < end && partition.receive()) {
      appended++;
    }
    if (appended < MESSAGES_PER_STEP && partition.received() < end) {
      pause(1);
    }
    return partition.received() < end;
  }
}
