package io.tare.sync.bench;

import java.util.List;

/**
 * What one batch size gave over prepare and finalize.
 *
 * @param growthBytes what the state file grew by
 */
public record TunePoint(String variant, long filesPerBatch, Speed speed, long heapPeakBytes, double allocatedPerFile,
    long rssAnonBytes, long growthBytes) {

  /** Files per second of the clock, and of processor time. */
  public record Speed(double filesPerSecond, double filesPerCpuSecond) {}

  static TunePoint of(String variant, long filesPerBatch, List<PhaseResult> phases) {
    PhaseResult first = phases.getFirst();
    PhaseResult last = phases.getLast();
    long files = phases.stream().mapToLong(PhaseResult::files).sum();
    double seconds = phases.stream().mapToLong(phase -> phase.times().elapsedNanos()).sum() / 1e9;
    double cpuSeconds = phases.stream().mapToLong(phase -> phase.times().cpuNanos()).sum() / 1e9;
    long heap = phases.stream().mapToLong(phase -> phase.memory().heap().peakBytes()).max().orElseThrow();
    long allocated = phases.stream().mapToLong(phase -> phase.memory().heap().allocatedBytes()).sum();
    long anon = phases.stream().mapToLong(phase -> phase.memory().rssAnonBytes()).max().orElseThrow();
    return new TunePoint(variant, filesPerBatch, new Speed(files / seconds, files / cpuSeconds), heap,
        (double) allocated / files, anon, last.file().bytesAfter() - first.file().bytesBefore());
  }

  /** Whether no other point takes less processor time without taking more memory or file, or less of those for the same time. */
  public boolean isBest(List<TunePoint> all) {
    return all.stream().noneMatch(other -> other.beats(this));
  }

  private boolean beats(TunePoint that) {
    double mine = speed.filesPerCpuSecond();
    double its = that.speed.filesPerCpuSecond();
    boolean noWorse = mine >= its && rssAnonBytes <= that.rssAnonBytes && growthBytes <= that.growthBytes;
    return noWorse && (mine > its || rssAnonBytes < that.rssAnonBytes || growthBytes < that.growthBytes);
  }
}
