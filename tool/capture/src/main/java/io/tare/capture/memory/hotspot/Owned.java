package io.tare.capture.memory.hotspot;

import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion;
import java.util.Map;
import java.util.TreeMap;

/** Which addresses the layout already gives to something: regions and thread stacks. */
final class Owned {
  private final TreeMap<Long, Long> endByStart = new TreeMap<>();
  private int regions;

  Owned(Layout layout) {
    layout.threads().forEach(thread -> add(thread.stack()));
    renew(layout);
  }

  /** Takes in what was found since. */
  void renew(Layout layout) {
    if (layout.regions().size() != regions) {
      regions = layout.regions().size();
      layout.regions().stream().map(JvmRegion::range).forEach(this::add);
    }
  }

  /** Joins the range with those that it meets, so that the ranges stay disjoint. */
  private void add(AddressRange range) {
    long start = range.start();
    long end = range.end();
    Map.Entry<Long, Long> before = endByStart.floorEntry(end);
    while (before != null && before.getValue() >= start) {
      start = Math.min(start, before.getKey());
      end = Math.max(end, before.getValue());
      endByStart.remove(before.getKey());
      before = endByStart.floorEntry(end);
    }
    endByStart.put(start, end);
  }

  boolean contains(long address) {
    return touches(address, address + 1);
  }

  boolean touches(long start, long end) {
    Map.Entry<Long, Long> before = endByStart.lowerEntry(end);
    return before != null && before.getValue() > start;
  }
}
