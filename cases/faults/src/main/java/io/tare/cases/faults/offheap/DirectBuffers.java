package io.tare.cases.faults.offheap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** Direct buffers of 1 MB that are kept. */
public record DirectBuffers(List<ByteBuffer> buffers) implements Held {
  private static final int BYTES = 1 << 20;

  public static Held create(Setting setting) {
    return new DirectBuffers(
        Stream.generate(() -> ByteBuffer.allocateDirect(BYTES)).limit(setting.blocks(BYTES)).toList());
  }

  /** The JVM clears each buffer, so all of them are resident. */
  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("malloc.used+malloc.mmapped", poolBytes());
    truth.note(buffers.size() + " direct buffers");
  }

  private static long poolBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
  }
}
