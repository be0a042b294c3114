package io.tare.probe;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sums up collections as they come in, and keeps the last ones. */
final class GcTally {
  private static final int KEPT = 256;

  private final Deque<GcEvent> recent = new ArrayDeque<>();
  private long pauseCount;
  private Duration pauseTotal = Duration.ZERO;
  private Duration longestPause = Duration.ZERO;
  private long allocatedBetweenGcsBytes;
  private long heapBeforeFirstGcBytes = -1;
  private @Nullable String failure;

  synchronized void add(GcEvent gc) {
    if (gc.pause()) {
      pauseCount++;
      pauseTotal = pauseTotal.plus(gc.duration());
      longestPause = gc.duration().compareTo(longestPause) > 0 ? gc.duration() : longestPause;
    }
    GcEvent last = recent.peekLast();
    if (last == null) {
      heapBeforeFirstGcBytes = gc.heap().beforeBytes();
    } else {
      allocatedBetweenGcsBytes += Math.max(0, gc.heap().beforeBytes() - last.heap().afterBytes());
    }
    recent.add(gc);
    if (recent.size() > KEPT) {
      recent.remove();
    }
  }

  synchronized void failed(RuntimeException e) {
    failure = e.toString();
  }

  synchronized List<GcEvent> recent() {
    return List.copyOf(recent);
  }

  synchronized GcSummary.Pauses pauses() {
    return new GcSummary.Pauses(pauseCount, pauseTotal, longestPause);
  }

  synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  synchronized long[] heapAfterBytes() {
    return recent.stream().mapToLong(gc -> gc.heap().afterBytes()).toArray();
  }

  /** What was allocated since the watch began, given the heap in use then and now. */
  synchronized long allocatedBytes(long heapAtStartBytes, long heapNowBytes) {
    GcEvent last = recent.peekLast();
    if (last == null) {
      return Math.max(0, heapNowBytes - heapAtStartBytes);
    }
    return Math.max(0, heapBeforeFirstGcBytes - heapAtStartBytes) + allocatedBetweenGcsBytes
        + Math.max(0, heapNowBytes - last.heap().afterBytes());
  }
}
