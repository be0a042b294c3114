package io.tare.probe.marks;

import io.tare.probe.metric.Metric;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Version 1 of the marks file: where each field stands. All numbers are little-endian; see docs/marks-format.md. */
public final class MarksLayout {
  public static final int VERSION = 1;
  /** How many metrics a mark keeps: the first ones of {@link Metric}, in that order. */
  public static final int STATS = 16;
  public static final int MAX_LABEL_BYTES = 88;
  /** Stands for "not known" in items and stats. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  /** The bytes {@code TAREMARK} as they stand in the file. */
  static final long MAGIC = 0x4b52414d45524154L;
  static final int HEADER_BYTES = 256;
  static final int RECORD_BYTES = 256;
  static final int MAX_RECORDS = 1 << 16;

  static final int AT_MAGIC = 0;
  static final int AT_VERSION = 8;
  static final int AT_HEADER_BYTES = 12;
  static final int AT_RECORD_BYTES = 16;
  static final int AT_RECORD_COUNT = 20;
  static final int AT_PID = 24;
  static final int AT_PROCESS_START_MILLIS = 32;
  static final int AT_ANCHOR_EPOCH_NANOS = 40;
  static final int AT_ANCHOR_MONOTONIC_NANOS = 48;
  static final int AT_STAT_COUNT = 56;
  static final int AT_MAX_LABEL_BYTES = 60;
  static final int AT_NEXT_TICKET = 64;
  static final int AT_SKIPPED = 72;

  static final int IN_SEQUENCE = 0;
  static final int IN_MONOTONIC_NANOS = 8;
  static final int IN_ITEMS = 16;
  static final int IN_THREAD_ID = 24;
  static final int IN_LABEL_LENGTH = 32;
  static final int IN_FLAGS = 34;
  static final int IN_CHECKSUM = 36;
  static final int IN_LABEL = 40;
  static final int IN_STATS = 128;
  static final int FLAG_STATS = 1;

  static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private MarksLayout() {}

  /** The sequence of a record while the mark of this ticket is being written; it is odd. */
  static long writing(long ticket) {
    return 2 * ticket + 1;
  }

  /** The sequence of a record once the mark of this ticket is complete; it is even and not zero. */
  static long complete(long ticket) {
    return 2 * ticket + 2;
  }

  /** Mixes all that a record says, so that a copy of two marks mixed is recognised however it came about. */
  static int checksum(ByteBuffer file, int record, long ticket) {
    long mix = ticket;
    boolean withStats = (file.getShort(record + IN_FLAGS) & FLAG_STATS) != 0;
    int end = withStats ? RECORD_BYTES : IN_STATS;
    for (int at = IN_MONOTONIC_NANOS; at < end; at += Long.BYTES) {
      long word = file.getLong(record + at);
      mix = (Long.rotateLeft(mix, 5) ^ (at == IN_LABEL_LENGTH ? word & 0xffffffffL : word)) * 0x9e3779b97f4a7c15L;
    }
    return (int) (mix >>> 32);
  }
}
