package io.tare.history.recording;

import io.tare.history.recording.FrameScan.EntryKind;
import io.tare.model.history.Counting;
import io.tare.model.history.Counting.Count;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** Turns entries into frames: {@code T R}, the kind, the length, the content, a checksum over kind, length and content. */
public final class EntryWriter {
  private static final SampleColumn[] COLUMNS = SampleColumn.values();

  private final ByteSink out = new ByteSink();
  private final CRC32C checksum = new CRC32C();

  /** Adds a frame to what is waiting. */
  public void add(Entry entry) {
    int start = out.size();
    out.put('T').put('R').put(kind(entry)).putInt(0);
    int content = out.size();
    content(entry);
    out.setInt(content - Integer.BYTES, out.size() - content);
    checksum.reset();
    checksum.update(out.array(), start + 2, out.size() - start - 2);
    out.putInt((int) checksum.getValue());
  }

  /** The frames that are waiting: the first {@link #size} bytes. */
  public byte[] bytes() {
    return out.array();
  }

  public int size() {
    return out.size();
  }

  public void clear() {
    out.clear();
  }

  private static int kind(Entry entry) {
    return switch (entry) {
      case Entry.Opened _ -> EntryKind.OPENED;
      case Entry.Target _ -> EntryKind.TARGET;
      case Entry.Sampled _ -> EntryKind.SAMPLE;
      case Entry.Weighed _ -> EntryKind.LEDGER;
      case Entry.Counted _ -> EntryKind.COUNTED;
      case Entry.Marked _ -> EntryKind.MARK;
      case Entry.Ended _ -> EntryKind.END;
      case Entry.Noted _ -> EntryKind.NOTE;
      case Entry.Closed _ -> EntryKind.CLOSED;
      case Entry.Labelled _ -> EntryKind.LABELS;
    };
  }

  private void content(Entry entry) {
    out.number(entry.target()).number(entry.epochMillis());
    switch (entry) {
      case Entry.Opened opened -> out.text(opened.version()).number(opened.intervalMillis());
      case Entry.Target target -> process(target.process());
      case Entry.Sampled sampled -> sample(sampled.sample());
      case Entry.Weighed weighed -> weighing(weighed.weighing());
      case Entry.Counted counted -> counting(counted.counting());
      case Entry.Marked marked -> mark(marked.mark());
      case Entry.Ended ended -> ending(ended.ending());
      case Entry.Noted noted -> out.text(noted.words());
      case Entry.Closed closed -> out.number(closed.wallMillis()).number(closed.processorMillis());
      case Entry.Labelled labelled -> labels(labelled.labels());
    }
  }

  private void process(RecordedProcess process) {
    out.number(process.pid()).number(process.startTicks()).text(process.boot()).text(process.label())
        .text(process.runtime());
    optional(process.limitBytes());
  }

  private void sample(Sample sample) {
    long present = 0;
    for (SampleColumn column : COLUMNS) {
      present |= sample.raw(column) >= 0 ? 1L << column.index() : 0;
    }
    out.number(present);
    for (SampleColumn column : COLUMNS) {
      if (sample.raw(column) >= 0) {
        out.number(sample.raw(column));
      }
    }
  }

  private void weighing(Weighing weighing) {
    out.number(weighing.reason().code()).number(weighing.grossBytes());
    optional(weighing.netBytes());
    out.number(weighing.unexplainedBytes()).number(weighing.costMicros()).number(weighing.accounts().size());
    for (Map.Entry<String, Long> account : weighing.accounts().entrySet()) {
      out.text(account.getKey()).number(account.getValue());
    }
  }

  private void labels(Map<String, String> labels) {
    out.number(labels.size());
    labels.forEach((name, value) -> out.text(name).text(value));
  }

  private void counting(Counting counting) {
    out.number(counting.kind().code()).number(counting.leftOutBytes()).number(counting.costMicros())
        .number(counting.counts().size());
    for (Count count : counting.counts()) {
      out.text(count.name()).number(count.objects()).number(count.bytes());
    }
  }

  private void mark(Mark mark) {
    out.number(mark.at().get(ChronoField.NANO_OF_SECOND) % 1_000_000).text(mark.label()).text(mark.source());
    optional(mark.items());
  }

  private void ending(Ending ending) {
    out.number(ending.cause().number()).number(ending.code()).text(ending.words());
    optional(ending.usage().peakBytes());
    optional(ending.usage().cpuNanos());
  }

  /** One more than the number; 0 when there is none. */
  private void optional(OptionalLong value) {
    out.number(value.isPresent() && value.getAsLong() >= 0 ? value.getAsLong() + 1 : 0);
  }
}

/** Bytes that grow: numbers of variable length, texts with their length before them. */
final class ByteSink {
  private static final int LONGEST_TEXT = 4096;

  private byte[] bytes = new byte[512];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] array() {
    return bytes;
  }

  ByteSink put(int oneByte) {
    room(1);
    bytes[size++] = (byte) oneByte;
    return this;
  }

  /** Little-endian, four bytes. */
  ByteSink putInt(int value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      put(value >>> shift);
    }
    return this;
  }

  void setInt(int at, int value) {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[at + i] = (byte) (value >>> (i * Byte.SIZE));
    }
  }

  /** Seven bits a byte, the lowest first, the top bit set on all but the last; unsigned. */
  ByteSink number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  ByteSink text(String text) {
    String kept = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    byte[] utf8 = kept.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
