package io.tare.junit;

import io.tare.probe.MemoryStats;
import io.tare.probe.leftovers.ClassCount;
import io.tare.probe.leftovers.ClassHistogram;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Living objects do not grow by more than a limit. A cheap look at the heap in use decides when a GC must tell. */
final class HeapGuard implements Guard {
  private static final long LEAST_NANOS_BETWEEN_GCS = 200_000_000L;
  private static final int CLASSES_NAMED = 6;

  private final double limitBytes;
  private final ClassHistogram before;
  private final long liveBytesBefore;
  private long lastGcNanos = System.nanoTime() - LEAST_NANOS_BETWEEN_GCS;
  private @Nullable ClassHistogram tooMuch;

  private HeapGuard(double limitBytes) {
    this.limitBytes = limitBytes;
    this.before = secondHistogram(ClassHistogram.afterGc());
    this.liveBytesBefore = before.total().bytes();
  }

  /** Counted while another histogram of the same size is there, so that keeping one does not look like growth. */
  private static ClassHistogram secondHistogram(ClassHistogram first) {
    ClassHistogram second = ClassHistogram.afterGc();
    return first.total().bytes() > 0 ? second : first;
  }

  static Guard start(double limitBytes) {
    HeapGuard guard = new HeapGuard(limitBytes);
    Sampler sampler = new Sampler(guard::look);
    return new Guard() {
      @Override
      public void stop() {
        sampler.stop();
      }

      @Override
      public void check() {
        guard.check();
      }
    };
  }

  private synchronized void look() {
    if (tooMuch == null && mayBeTooMuch() && System.nanoTime() - lastGcNanos > LEAST_NANOS_BETWEEN_GCS) {
      compareLiveObjects();
      lastGcNanos = System.nanoTime();
    }
  }

  private boolean mayBeTooMuch() {
    return MemoryStats.now().heapUsedBytes() - liveBytesBefore > limitBytes;
  }

  private void compareLiveObjects() {
    ClassHistogram now = ClassHistogram.afterGc();
    if (now.total().bytes() - liveBytesBefore > limitBytes) {
      tooMuch = now;
    }
  }

  @Override
  public void stop() {}

  @Override
  public synchronized void check() {
    if (tooMuch == null && mayBeTooMuch()) {
      compareLiveObjects();
    }
    if (tooMuch != null) {
      throw new AssertionError("living objects grew by " + Size.text(tooMuch.total().bytes() - liveBytesBefore)
          + ", limit " + Size.text(limitBytes)
          + biggestGrowth(tooMuch));
    }
  }

  private String biggestGrowth(ClassHistogram now) {
    return now.byClass().entrySet().stream()
        .sorted(Comparator.comparingLong((Map.Entry<String, ClassCount> entry) -> -grown(entry)))
        .limit(CLASSES_NAMED).filter(entry -> grown(entry) > 0)
        .map(entry -> "\n  " + entry.getKey() + ": +" + Size.text(grown(entry)) + " in " + entry.getValue().objects()
            + " objects")
        .collect(Collectors.joining());
  }

  private long grown(Map.Entry<String, ClassCount> now) {
    return now.getValue().bytes() - before.of(now.getKey()).bytes();
  }
}
