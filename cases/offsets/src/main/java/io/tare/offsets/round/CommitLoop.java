package io.tare.offsets.round;

/** Commits every millisecond; in its leaking form it then sleeps for a minute, and notices only after it that it should end. */
final class CommitLoop extends Loop {
  private static final long PAUSE_MILLIS = 1;
  private static final long LONG_PAUSE_MILLIS = 60_000;

  private final Partition partition;
  private final long pauseMillis;

  CommitLoop(Partition partition, boolean sleepsLong, Stop stop) {
    super("commit", partition, stop);
    this.partition = partition;
    this.pauseMillis = sleepsLong ? LONG_PAUSE_MILLIS : PAUSE_MILLIS;
  }

  @Override
  boolean step() {
    partition.commit();
    pause(pauseMillis);
    return true;
  }
}
