package io.tare.cases.faults.offheap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.GlibcChunk;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.RawMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * Eight threads that each fill an arena of glibc with blocks of 1000 bytes and free every other one: no free block has
 * a free neighbour, so no page comes back.
 */
public record Fragmentation(long kept, long freed) implements Held {
  private static final int THREADS = 8;
  private static final long BLOCK = 1000;
  /** Each thread keeps up to seven freed blocks of a size in its cache, where they count as in use. */
  private static final long IN_THREAD_CACHE = 7;

  public static Held create(Setting setting) throws InterruptedException {
    int perThread = setting.blocks(GlibcChunk.bytes(BLOCK) * THREADS) & ~1;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> fragment(perThread), "fragment-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long half = (long) THREADS * perThread / 2;
    return new Fragmentation(half + THREADS * IN_THREAD_CACHE, half - THREADS * IN_THREAD_CACHE);
  }

  private static void fragment(int count) {
    long[] addresses = new long[count];
    for (int i = 0; i < count; i++) {
      addresses[i] = RawMemory.allocate(BLOCK);
    }
    for (int i = 0; i < count; i += 2) {
      RawMemory.free(addresses[i]);
    }
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("malloc.used", kept * GlibcChunk.bytes(BLOCK));
    truth.atLeast("malloc.idle", freed * GlibcChunk.bytes(BLOCK));
    truth.note(THREADS + " threads, " + freed + " free blocks between " + kept + " used ones");
  }
}
