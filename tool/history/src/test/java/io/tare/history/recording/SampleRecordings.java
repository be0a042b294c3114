package io.tare.history.recording;

import io.tare.history.recording.Entry.EntryVisitor;
import io.tare.history.recording.Recording.RecordingBuilder;
import io.tare.model.history.Counting;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Small recordings to test with. */
public final class SampleRecordings {
  public static final long START = 1_763_712_000_000L;
  public static final RecordedProcess ORDERS = new RecordedProcess(4711, 123_456, "boot-1", "orders.jar",
      "HotSpot JVM", OptionalLong.of(1L << 30));

  private SampleRecordings() {}

  public static Sample sample(long atMillis, long rss, long floor) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = rss;
    values[SampleColumn.THREADS.index()] = 12;
    if (floor >= 0) {
      values[SampleColumn.HEAP_FLOOR.index()] = floor;
    }
    return Sample.of(atMillis, values);
  }

  public static Weighing weighing(long atMillis, WeighingReason reason, long heap, long malloc) {
    Map<String, Long> accounts = new LinkedHashMap<>();
    accounts.put("heap.used", heap);
    accounts.put("malloc.used", malloc);
    return new Weighing(atMillis, reason, heap + malloc + 100, OptionalLong.of(heap), accounts, 100, 50_000);
  }

  public static Mark mark(long atMillis, String label, OptionalLong items) {
    return new Mark(Instant.ofEpochMilli(atMillis).plusNanos(123_456), label, items, "page");
  }

  public static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("service", "orders");
    labels.put("pod", "orders-7d9f \u00fc");
    return labels;
  }

  /** One entry of every sort. */
  public static List<Entry> oneOfEach() {
    return List.of(new Entry.Opened(START, "0.1", 1000), new Entry.Target(START + 1, 1, ORDERS),
        new Entry.Labelled(START + 1, 1, labels()),
        new Entry.Sampled(1, sample(START + 1000, 500 << 20, -1)),
        new Entry.Sampled(1, sample(START + 2000, 510 << 20, 80 << 20)),
        new Entry.Weighed(1, weighing(START + 2000, WeighingReason.BASELINE, 300 << 20, 20 << 20)),
        new Entry.Marked(1, mark(START + 2500, "AFTER_LOAD \u00fc", OptionalLong.of(10_000))),
        new Entry.Marked(Entry.ALL_TARGETS, mark(START + 2600, "ALL", OptionalLong.empty())),
        new Entry.Counted(1, new Counting(START + 2650, Counting.Kind.FUNCTION,
            List.of(new Counting.Count("main.load", 1L << 40, 1L << 50), new Counting.Count("goroutines in x", 3, 0)),
            4_096, 77)),
        new Entry.Noted(START + 2700, "ledgers are rarer"),
        new Entry.Ended(1, new Ending(START + 3000, Ending.Cause.SIGNALLED, 9, "killed by SIGKILL")),
        new Entry.Closed(START + 3100, 3100, 12));
  }

  public static byte[] bytes(List<Entry> entries) {
    EntryWriter writer = new EntryWriter();
    entries.forEach(writer::add);
    return Arrays.copyOf(writer.bytes(), writer.size());
  }

  /** What a scan finds in these bytes (a file without its head). */
  public static List<Entry> read(byte[] bytes) {
    List<Entry> entries = new ArrayList<>();
    FrameScan scan = new FrameScan();
    scan.over(bytes, 0, bytes.length);
    EntryReader reader = new EntryReader();
    while (scan.advance(true)) {
      reader.read(scan, (EntryVisitor.OfEntries) entries::add);
    }
    return entries;
  }

  public static Recording recording(List<Entry> entries) {
    RecordingBuilder builder = new RecordingBuilder();
    byte[] bytes = bytes(entries);
    FrameScan scan = new FrameScan();
    scan.over(bytes, 0, bytes.length);
    EntryReader reader = new EntryReader();
    while (scan.advance(true)) {
      reader.read(scan, builder);
    }
    return builder.build(List.of());
  }
}
