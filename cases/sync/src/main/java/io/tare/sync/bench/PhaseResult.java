package io.tare.sync.bench;

/** What one phase took. RSS is zero where the kernel does not tell it. */
public record PhaseResult(String phase, long files, Times times, Memory memory, FileGrowth file) {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Elapsed, and processor time of all threads. */
  public record Times(long elapsedNanos, long cpuNanos) {}

  /** The heap, and resident memory of the process itself and of mapped files. */
  public record Memory(Heap heap, long rssAnonBytes, long rssFileBytes) {}

  /** The heap at its highest as sampled, what is left after a GC, and what the phase allocated in all. */
  public record Heap(long peakBytes, long afterGcBytes, long allocatedBytes) {}

  /** The state file before and after. */
  public record FileGrowth(long bytesBefore, long bytesAfter) {
    public double factor() {
      return bytesBefore == 0 ? 1 : (double) bytesAfter / bytesBefore;
    }
  }

  public double filesPerSecond() {
    return files / (times.elapsedNanos() / NANOS_PER_SECOND);
  }

  /** Garbage included. */
  public double allocatedBytesPerFile() {
    return files == 0 ? 0 : (double) memory.heap().allocatedBytes() / files;
  }

  /** What a processor of its own would give: the number to compare on a busy machine. */
  public double filesPerCpuSecond() {
    return files / (times.cpuNanos() / NANOS_PER_SECOND);
  }
}
