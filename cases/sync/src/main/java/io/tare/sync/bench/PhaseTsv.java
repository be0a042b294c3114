package io.tare.sync.bench;

import io.tare.sync.bench.PhaseResult.FileGrowth;
import io.tare.sync.bench.PhaseResult.Heap;
import io.tare.sync.bench.PhaseResult.Memory;
import io.tare.sync.bench.PhaseResult.Times;
import java.util.Optional;

/** Phase results as lines for programs: numbers between tabs, all in bytes and nanoseconds. */
public final class PhaseTsv {
  private static final String COLUMNS = "phase\tfiles\telapsedNanos\tcpuNanos\theapPeakBytes\theapAfterGcBytes"
      + "\tallocatedBytes\trssAnonBytes\trssFileBytes\tfileBytesBefore\tfileBytesAfter";
  private static final int NUMBERS = 10;

  private PhaseTsv() {}

  public static String header() {
    return COLUMNS;
  }

  public static String row(PhaseResult result) {
    Heap heap = result.memory().heap();
    long[] numbers = {result.files(), result.times().elapsedNanos(), result.times().cpuNanos(), heap.peakBytes(),
        heap.afterGcBytes(), heap.allocatedBytes(), result.memory().rssAnonBytes(), result.memory().rssFileBytes(),
        result.file().bytesBefore(), result.file().bytesAfter()};
    StringBuilder row = new StringBuilder(result.phase());
    for (long number : numbers) {
      row.append('\t').append(number);
    }
    return row.toString();
  }

  /** Empty for a line that is none, such as the header. */
  public static Optional<PhaseResult> parse(String line) {
    String[] cells = line.split("\t");
    if (cells.length != NUMBERS + 1 || line.equals(COLUMNS)) {
      return Optional.empty();
    }
    long[] n = new long[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      n[i] = Long.parseLong(cells[i + 1]);
    }
    return Optional.of(new PhaseResult(cells[0], n[0], new Times(n[1], n[2]),
        new Memory(new Heap(n[3], n[4], n[5]), n[6], n[7]), new FileGrowth(n[8], n[9])));
  }
}
