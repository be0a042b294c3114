package io.tare.cases.faults.overtime;

import io.tare.cases.faults.offheap.Inflaters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What grows in native memory. */
final class NativePlots {
  private NativePlots() {}

  static Plot directBuffers(long bytes, int perMinute) {
    List<ByteBuffer> buffers = new ArrayList<>();
    return minute -> {
      while (buffers.size() < (long) (minute * perMinute)) {
        buffers.add(ByteBuffer.allocateDirect((int) bytes));
      }
    };
  }

  static Plot inflaters(int perMinute) {
    List<Inflaters> all = new ArrayList<>();
    return minute -> {
      while (all.size() < (long) (minute * perMinute)) {
        all.add(Inflaters.more(1));
      }
    };
  }
}
