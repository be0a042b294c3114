package io.tare.capture.memory.hotspot.census;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The stretches of the heap that were read last, as many as there is room for. */
final class ChunkCache {
  /** 32 MB: the old generation of a small service fits, and of a large one what is looked at together. */
  private static final int MOST = 512;
  private static final int WORDS = (int) (MarkedHeap.CHUNK_BYTES / Long.BYTES);
  private static final long[] NOT_READ = {};

  private final HeapWindow window;
  private final MarkedHeap heap;
  private final long[][] read;
  private final Deque<Integer> order = new ArrayDeque<>();

  ChunkCache(HeapWindow window, MarkedHeap heap) {
    this.window = window;
    this.heap = heap;
    this.read = new long[heap.chunks()][];
    Arrays.fill(read, NOT_READ);
  }

  boolean holds(int chunk) {
    return read[chunk].length != 0;
  }

  /** Its words; absent pages are zeros. The array stays as it is, also when there is no more room for it here. */
  long[] words(int chunk) {
    if (!holds(chunk)) {
      if (order.size() >= MOST) {
        read[order.remove()] = NOT_READ;
      }
      long start = heap.startOf(chunk);
      window.traces().clear();
      window.moveTo(start, start + MarkedHeap.CHUNK_BYTES);
      read[chunk] = Arrays.copyOf(window.words(), WORDS);
      order.add(chunk);
    }
    return read[chunk];
  }

  void forget(int chunk) {
    if (holds(chunk)) {
      read[chunk] = NOT_READ;
      order.remove(chunk);
    }
  }

  void forget() {
    order.forEach(chunk -> read[chunk] = NOT_READ);
    order.clear();
  }

  long bytesSeen() {
    return window.bytesSeen();
  }
}
