package io.tare.capture.memory.hotspot;

import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The laws that side tables obey: a byte a card of 512 bytes, a bit or two an object's smallest distance. */
final class Sizes {
  private static final int BYTES_PER_CARD = 512;
  private static final int GUARD_BYTES = 4096;
  private static final int BYTES_PER_MARK = 64;
  private static final int BYTES_PER_TWO_MARKS = 32;

  private Sizes() {}

  static boolean isLawful(Layout layout, long bytes) {
    long heap = heapBytes(layout);
    return heap > 0 && (isCards(heap, bytes) || bytes == heap / BYTES_PER_MARK || bytes == heap / BYTES_PER_TWO_MARKS);
  }

  /** A card table may have one card more than the heap, and with it one page. */
  private static boolean isCards(long heap, long bytes) {
    return bytes == heap / BYTES_PER_CARD || bytes == heap / BYTES_PER_CARD + GUARD_BYTES;
  }

  /** What HotSpot takes off a card table's address, so that an address shifted right finds its card. */
  static long cardBias(Layout layout) {
    return layout.regions(Purpose.HEAP).stream().mapToLong(heap -> heap.range().start() / BYTES_PER_CARD).findFirst()
        .orElse(0);
  }

  /** What a table of that size must be. */
  static String nameOf(Layout layout, long bytes) {
    long heap = heapBytes(layout);
    if (heap > 0 && (bytes == heap / BYTES_PER_MARK || bytes == heap / BYTES_PER_TWO_MARKS)) {
      return "mark bitmap";
    }
    return heap > 0 && isCards(heap, bytes) ? "card or block offset table" : "collector's table";
  }

  /** What a thread's stack can measure: a pointer with such a size beside it is one. */
  static Set<Long> ofStacks(Layout layout) {
    Set<Long> sizes = new HashSet<>();
    for (String flag : List.of("ThreadStackSize", "VMThreadStackSize", "CompilerThreadStackSize")) {
      layout.number("flag." + flag).ifPresent(kilobytes -> sizes.add(kilobytes << 10));
    }
    layout.threads().forEach(thread -> sizes.add(thread.stack().bytes()));
    return sizes;
  }

  private static long heapBytes(Layout layout) {
    return layout.regions(Purpose.HEAP).stream().map(JvmRegion::range).mapToLong(range -> range.bytes()).max()
        .orElse(0);
  }
}
