package io.tare.formats.marks;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The marks file, version 1: a head of 256 bytes that begins with {@code TAREMARK}, then a ring of records. The writer goes on while the
 * file is read; a record that is being written, or was overwritten half-way, is left out.
 */
public final class MarksBytes {
  public static final long UNKNOWN = Long.MIN_VALUE;
  public static final List<String> STATS = List.of("Alloc", "TotalAlloc", "Sys", "HeapIdle", "HeapSys", "HeapMax",
      "Live", "NumGC", "GCPause", "Threads", "Classes", "Direct", "Mapped", "Metaspace", "CodeCache", "ThreadAlloc");
  public static final int HEAD_BYTES = 256;
  public static final int RECORD_BYTES = 256;
  /** Where the head tells of the latest mark: as long as it stays the same there is nothing new. */
  public static final int LATEST_OFFSET = 64;
  public static final int MOST_RECORDS = 65_536;

  private static final long MAGIC = 0x4b52414d45524154L; // "TAREMARK", little-endian
  private static final int VERSION = 1;
  private static final int LONGEST_LABEL = 88;
  private static final int LABEL_AT = 40;
  private static final int STATS_AT = 128;
  private static final long LEFT_OUT_OF_CHECKSUM = 0xffffffffL;
  private static final long FACTOR = 0x9e3779b97f4a7c15L;

  private final ByteBuffer bytes;

  private MarksBytes(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  public static Parsed<MarksPage> parse(String artifact, byte[] content, ParseLimits limits) throws NotThisFormat {
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < HEAD_BYTES || bytes.getLong(0) != MAGIC) {
      throw new NotThisFormat(artifact + " does not begin with TAREMARK");
    }
    if (bytes.getInt(8) != VERSION) {
      throw new NotThisFormat(artifact + " is of version " + bytes.getInt(8) + ", only " + VERSION + " is known");
    }
    if (bytes.getInt(12) != HEAD_BYTES || bytes.getInt(16) != RECORD_BYTES) {
      throw new NotThisFormat(artifact + " has records of another size than version 1");
    }
    ProblemList problems = new ProblemList(artifact, limits);
    int count = bytes.getInt(20);
    int present = (content.length - HEAD_BYTES) / RECORD_BYTES;
    if (count < 1 || count > present) {
      problems.add("offset 20", "says " + count + " records, but " + present + " are here");
    }
    List<PageMark> marks = new MarksBytes(bytes)
        .marks(Math.clamp(count, 0, Math.min(present, Math.min(MOST_RECORDS, limits.items()))));
    return new Parsed<>(new MarksPage(bytes.getLong(24), known(bytes.getLong(32)), bytes.getLong(72), marks),
        problems.toList());
  }

  private List<PageMark> marks(int count) {
    List<PageMark> marks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = HEAD_BYTES + i * RECORD_BYTES;
      long sequence = bytes.getLong(at);
      int labelLength = bytes.getShort(at + 32);
      boolean complete = sequence > 0 && (sequence & 1) == 0 && labelLength >= 0 && labelLength <= LONGEST_LABEL;
      if (complete && checksum(at, sequence / 2 - 1) == bytes.getInt(at + 36)) {
        marks.add(mark(at, sequence / 2 - 1, labelLength));
      }
    }
    marks.sort(Comparator.comparingLong(PageMark::ticket));
    return marks;
  }

  private PageMark mark(int at, long ticket, int labelLength) {
    byte[] label = new byte[labelLength];
    bytes.get(at + LABEL_AT, label);
    List<Long> stats = new ArrayList<>();
    for (int i = 0; hasStats(at) && i < STATS.size(); i++) {
      stats.add(bytes.getLong(at + STATS_AT + i * Long.BYTES));
    }
    long epochNanos = bytes.getLong(40) + (bytes.getLong(at + 8) - bytes.getLong(48));
    return new PageMark(ticket, at, epochNanos, new String(label, StandardCharsets.UTF_8),
        known(bytes.getLong(at + 16)), stats);
  }

  private boolean hasStats(int at) {
    return (bytes.getShort(at + 34) & 1) != 0;
  }

  private int checksum(int at, long ticket) {
    int end = hasStats(at) ? RECORD_BYTES : STATS_AT;
    long mix = ticket;
    for (int offset = 8; offset < end; offset += Long.BYTES) {
      long word = bytes.getLong(at + offset);
      mix = (Long.rotateLeft(mix, 5) ^ (offset == 32 ? word & LEFT_OUT_OF_CHECKSUM : word)) * FACTOR;
    }
    return (int) (mix >>> 32);
  }

  private static OptionalLong known(long value) {
    return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
