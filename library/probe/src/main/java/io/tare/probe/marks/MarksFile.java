package io.tare.probe.marks;

import static io.tare.probe.marks.MarksLayout.*;

import io.tare.probe.metric.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The reading side of a marks file, for any process that may open it. It never writes and never waits for the writer.
 *
 * <p>A record is accepted only when its sequence was the same complete value before and after its bytes were copied, and its
 * checksum agrees.
 */
public final class MarksFile {
  private static final int ATTEMPTS = 3;
  private static final Metric[] METRICS = Metric.values();

  /** Copies bytes of the file as they are at the time of the call; a short answer means the end of the file. */
  @FunctionalInterface
  interface Source {
    int read(ByteBuffer into, long position) throws IOException;
  }

  private record Header(int records, long anchorEpochNanos, long anchorMonotonicNanos) {
    Instant at(long monotonicNanos) {
      long epochNanos = anchorEpochNanos + (monotonicNanos - anchorMonotonicNanos);
      return Instant.ofEpochSecond(Math.floorDiv(epochNanos, 1_000_000_000L),
          Math.floorMod(epochNanos, 1_000_000_000L));
    }
  }

  private MarksFile() {}

  public static MarksReading read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return read((into, position) -> readFully(channel, into, position));
    }
  }

  static MarksReading read(Source source) throws IOException {
    ByteBuffer bytes = bytes(source, 0, HEADER_BYTES);
    Header header = header(bytes);
    List<Mark> marks = new ArrayList<>();
    int notAccepted = 0;
    for (int i = 0; i < header.records(); i++) {
      long position = HEADER_BYTES + (long) i * RECORD_BYTES;
      Optional<Mark> mark = Optional.empty();
      boolean empty = false;
      for (int attempt = 0; attempt < ATTEMPTS && mark.isEmpty() && !empty; attempt++) {
        empty = sequence(source, position) == 0;
        mark = empty ? Optional.empty() : record(source, position, header);
      }
      mark.ifPresent(marks::add);
      notAccepted += mark.isPresent() || empty ? 0 : 1;
    }
    marks.sort(Comparator.comparingLong(Mark::number));
    return new MarksReading(bytes.getLong(AT_PID), processStart(bytes), marks,
        new MarksReading.Counts(ticketsGiven(bytes, marks), bytes.getLong(AT_SKIPPED), notAccepted));
  }

  /** Several writers store the header's counter one after the other: the marks themselves may know better. */
  private static long ticketsGiven(ByteBuffer header, List<Mark> sorted) {
    long fromMarks = sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1).number() + 1;
    return Math.max(header.getLong(AT_NEXT_TICKET), fromMarks);
  }

  private static Optional<Mark> record(Source source, long position, Header header) throws IOException {
    long before = sequence(source, position);
    ByteBuffer copy = bytes(source, position, RECORD_BYTES);
    long after = sequence(source, position);
    boolean complete = before > 0 && (before & 1) == 0;
    if (!complete || before != after || copy.getLong(IN_SEQUENCE) != before) {
      return Optional.empty();
    }
    long ticket = before / 2 - 1;
    boolean agrees = copy.getInt(IN_CHECKSUM) == checksum(copy, 0, ticket) && copy.getShort(IN_LABEL_LENGTH) >= 0
        && copy.getShort(IN_LABEL_LENGTH) <= MAX_LABEL_BYTES;
    return agrees ? Optional.of(mark(copy, ticket, header)) : Optional.empty();
  }

  private static Mark mark(ByteBuffer record, long ticket, Header header) {
    byte[] label = new byte[record.getShort(IN_LABEL_LENGTH)];
    record.get(IN_LABEL, label);
    long items = record.getLong(IN_ITEMS);
    return new Mark(ticket, header.at(record.getLong(IN_MONOTONIC_NANOS)), new String(label, StandardCharsets.UTF_8),
        items == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(items), record.getLong(IN_THREAD_ID), stats(record));
  }

  private static Map<Metric, Long> stats(ByteBuffer record) {
    Map<Metric, Long> stats = new EnumMap<>(Metric.class);
    if ((record.getShort(IN_FLAGS) & FLAG_STATS) != 0) {
      for (int i = 0; i < STATS; i++) {
        long value = record.getLong(IN_STATS + i * Long.BYTES);
        if (value != UNKNOWN) {
          stats.put(METRICS[i], value);
        }
      }
    }
    return stats;
  }

  private static Header header(ByteBuffer bytes) throws NotAMarksFile {
    if (bytes.getLong(AT_MAGIC) != MAGIC) {
      throw new NotAMarksFile("does not start with TAREMARK");
    }
    if (bytes.getInt(AT_VERSION) != VERSION) {
      throw new NotAMarksFile("version " + bytes.getInt(AT_VERSION) + ", this code reads version " + VERSION);
    }
    int records = bytes.getInt(AT_RECORD_COUNT);
    boolean sizes = bytes.getInt(AT_HEADER_BYTES) == HEADER_BYTES && bytes.getInt(AT_RECORD_BYTES) == RECORD_BYTES
        && bytes.getInt(AT_STAT_COUNT) == STATS && bytes.getInt(AT_MAX_LABEL_BYTES) == MAX_LABEL_BYTES;
    if (!sizes || records < 1 || records > MAX_RECORDS) {
      throw new NotAMarksFile("sizes in the header are not those of version " + VERSION);
    }
    return new Header(records, bytes.getLong(AT_ANCHOR_EPOCH_NANOS), bytes.getLong(AT_ANCHOR_MONOTONIC_NANOS));
  }

  private static Optional<Instant> processStart(ByteBuffer header) {
    long millis = header.getLong(AT_PROCESS_START_MILLIS);
    return millis == UNKNOWN ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static long sequence(Source source, long position) throws IOException {
    return bytes(source, position + IN_SEQUENCE, Long.BYTES).getLong(0);
  }

  private static ByteBuffer bytes(Source source, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    if (source.read(buffer, position) < length) {
      throw new NotAMarksFile("ends before byte " + (position + length));
    }
    return buffer;
  }

  private static int readFully(FileChannel channel, ByteBuffer into, long position) throws IOException {
    int total = 0;
    while (into.hasRemaining()) {
      int read = channel.read(into, position + total);
      if (read < 0) {
        break;
      }
      total += read;
    }
    return total;
  }
}
