package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.hotspot.HotspotHeap;
import io.tare.model.jvm.HeapPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How the parts of a heap are to be walked.
 *
 * @param parts that hold something; a large object's first part and those that it goes on in are one
 * @param regionBytes the smallest part: what a large object's share of the heap is a multiple of
 * @param mediumStep how far apart objects begin in ZGC's medium pages
 * @param oneIn of how many regions one is walked
 */
record HeapShape(List<HeapPart> parts, long regionBytes, long mediumStep, int oneIn) {
  private static final Set<String> WITH_REGIONS = Set.of("G1", "ZGC", "Shenandoah");
  private static final int MEDIUM_OBJECTS_BITS = 13;
  private static final long LEAST_MEDIUM_BYTES = 4L << 20;
  private static final long MOST_MEDIUM_BYTES = 32L << 20;
  private static final int MEDIUM_SHARE = 32;

  static HeapShape of(HotspotHeap heap, List<HeapPart> all, int oneIn) {
    long region = all.stream().mapToLong(part -> part.end() - part.bottom()).filter(bytes -> bytes > 0).min().orElse(1);
    long medium = Math.clamp(Long.highestOneBit(heap.maxBytes().orElse(0) / MEDIUM_SHARE), LEAST_MEDIUM_BYTES,
        MOST_MEDIUM_BYTES);
    return new HeapShape(whole(all), region, medium >> MEDIUM_OBJECTS_BITS,
        WITH_REGIONS.contains(heap.collector()) ? oneIn : 1);
  }

  private static List<HeapPart> whole(List<HeapPart> parts) {
    List<HeapPart> whole = new ArrayList<>();
    for (HeapPart part : parts) {
      boolean goesOn = isRun(part) && !whole.isEmpty() && isRun(whole.getLast())
          && whole.getLast().end() == part.bottom();
      if (goesOn) {
        HeapPart first = whole.removeLast();
        whole.add(new HeapPart(first.role(), first.bottom(), part.top(), part.end()));
      } else if (!isEmpty(part)) {
        whole.add(part);
      }
    }
    return whole;
  }

  private static boolean isEmpty(HeapPart part) {
    return part.top() == part.bottom() || part.role().equals("free") || part.role().equals("trash")
        || part.role().startsWith("empty");
  }

  /** Large objects, each from the beginning of a region on, through as many as it takes. */
  static boolean isRun(HeapPart part) {
    return part.role().contains("humongous") && !isEmpty(part);
  }

  /** A page of ZGC with one object. */
  static boolean isSingle(HeapPart part) {
    return part.role().equals("large");
  }

  static boolean isYoung(HeapPart part) {
    return part.role().equals("eden") || part.role().equals("survivor");
  }

  /** How far apart objects begin at least; zero for no more than their alignment. */
  long step(HeapPart part) {
    return part.role().equals("medium") ? mediumStep : 0;
  }

  boolean isSampled(HeapPart part) {
    return oneIn == 1 || isRun(part) || isSingle(part) || part.bottom() / regionBytes % oneIn == 0;
  }

  /** By how much what was walked of regions must be multiplied to stand for all of them. */
  double scale() {
    long all = 0;
    long walked = 0;
    for (HeapPart part : parts) {
      if (!isRun(part) && !isSingle(part)) {
        all += part.usedBytes();
        walked += isSampled(part) ? part.usedBytes() : 0;
      }
    }
    return walked == 0 ? 1 : (double) all / walked;
  }
}
