package io.tare.heap;

import io.tare.heap.index.HeapClass.ReferenceStrength;
import java.nio.file.Path;

/**
 * How a dump is analysed.
 *
 * @param memoryBytes for the working set; what does not fit goes to temporary files
 * @param threads that walk over the dump
 * @param strength which special references count as holding
 */
public record HeapOptions(long memoryBytes, Path temporaryFolder, int threads, ReferenceStrength strength) {
  private static final int MOST_THREADS = 8;

  /** No limit of memory, all processors up to eight, the system's temporary folder. */
  public static HeapOptions usual() {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
    Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    return new HeapOptions(Long.MAX_VALUE, folder, threads, ReferenceStrength.USUAL);
  }

  public HeapOptions withMemory(long bytes) {
    return new HeapOptions(bytes, temporaryFolder, threads, strength);
  }

  public HeapOptions withTemporaryFolder(Path folder) {
    return new HeapOptions(memoryBytes, folder, threads, strength);
  }
}
