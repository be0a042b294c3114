package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A small service with the usual faults at once: a cache that forgets nothing, direct buffers kept, garbage not yet collected. */
public final class Leaky implements Held {
  private static final int ENTRY_BYTES = 4 << 10;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int TICKS_PER_SECOND = 10;
  private final Map<String, byte[]> cache = new ConcurrentHashMap<>();
  private final List<ByteBuffer> buffers = new ArrayList<>();

  /** Half of the size goes into the cache, a quarter into buffers, a quarter is garbage. */
  public static Held create(Setting setting) {
    Leaky leaky = new Leaky();
    leaky.remember(setting.sizeBytes() / 2);
    for (long made = 0; made < setting.sizeBytes() / 4; made += BUFFER_BYTES) {
      leaky.buffers.add(ByteBuffer.allocateDirect(BUFFER_BYTES));
    }
    Blocks.make((int) (setting.sizeBytes() / 4 / Blocks.BYTES));
    leaky.goOnGrowing(setting.growBytesPerSecond());
    return leaky;
  }

  private void remember(long bytes) {
    for (long added = 0; added < bytes; added += ENTRY_BYTES) {
      cache.put("request-" + cache.size(), new byte[ENTRY_BYTES]);
    }
  }

  private void goOnGrowing(long bytesPerSecond) {
    if (bytesPerSecond > 0) {
      Thread requests = new Thread(() -> growUntilInterrupted(bytesPerSecond), "requests");
      requests.setDaemon(true);
      requests.start();
    }
  }

  private void growUntilInterrupted(long bytesPerSecond) {
    while (!Thread.currentThread().isInterrupted()) {
      remember(bytesPerSecond / TICKS_PER_SECOND);
      try {
        Thread.sleep(1000 / TICKS_PER_SECOND);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("heap.used", (long) cache.size() * ENTRY_BYTES);
    truth.atLeast("malloc.used+malloc.mmapped", (long) buffers.size() * BUFFER_BYTES);
    truth.note(cache.size() + " entries in a cache without eviction, " + buffers.size() + " direct buffers kept");
  }
}
