package io.tare.fleet.store;

import io.tare.formats.NotThisFormat;
import io.tare.history.live.RecordingFile;
import io.tare.history.recording.Entry;
import io.tare.model.history.Ending;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Recordings as an agent writes them: a sample each ten seconds, a ledger each minute. */
final class Recorded {
  static final long MB = 1L << 20;
  /** Two hours before midnight. */
  static final long BEGAN = Instant.parse("2026-03-01T22:00:00Z").getEpochSecond();
  static final Map<String, String> LABELS = Map.of("cluster", "c1", "node", "web-1", "namespace", "shop", "service",
      "orders", "version", "1.4", "pod", "orders-5f-x1", "container", "main", "request_bytes", "" + 300 * MB,
      "started_t", "" + (BEGAN - 7200), "node_memory_bytes", "" + 4096 * MB);

  private Recorded() {}

  /** A recording of a process that takes 200 MB, of which 150 are its own, and is killed at the end. */
  static Path write(Path file, long pid, int minutes, Map<String, String> labels) throws IOException, NotThisFormat {
    Files.deleteIfExists(file);
    RecordingFile recording = RecordingFile.open(file, 32 * MB, () -> BEGAN * 1000);
    recording.accept(new Entry.Opened(BEGAN * 1000, "test", 10_000));
    recording.accept(new Entry.Target(BEGAN * 1000, 1,
        new RecordedProcess(pid, 77, "boot-1", "orders.jar", "HotSpot JVM", OptionalLong.of(400 * MB))));
    if (!labels.isEmpty()) {
      recording.accept(new Entry.Labelled(BEGAN * 1000, 1, labels));
    }
    for (int second = 0; second < minutes * 60; second += 10) {
      long millis = (BEGAN + second) * 1000;
      recording.accept(new Entry.Sampled(1, sample(millis, second)));
      if (second % 60 == 0) {
        recording.accept(new Entry.Weighed(1, new Weighing(millis + 500, WeighingReason.TURN, 200 * MB,
            OptionalLong.of(150 * MB), accounts(), 10 * MB, 900)));
      }
    }
    long end = (BEGAN + minutes * 60L) * 1000;
    recording.accept(new Entry.Ended(1, new Ending(end, Ending.Cause.OUT_OF_MEMORY, 9, "killed for want of memory")));
    recording.flush();
    recording.close();
    return file;
  }

  private static Map<String, Long> accounts() {
    Map<String, Long> accounts = new LinkedHashMap<>();
    accounts.put("heap.used", 120 * MB);
    accounts.put("heap.idle", 40 * MB);
    accounts.put("malloc.used", 30 * MB);
    return accounts;
  }

  private static Sample sample(long millis, int second) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = 200 * MB + second % 60 * MB;
    values[SampleColumn.WORKING_SET.index()] = 190 * MB;
    values[SampleColumn.CPU_NANOS.index()] = second * 50_000_000L;
    values[SampleColumn.THREADS.index()] = 12;
    if (second % 600 == 0) {
      values[SampleColumn.HEAP_FLOOR.index()] = 100 * MB;
    }
    return Sample.of(millis, values);
  }
}
