package io.tare.probe.jfr;

import com.sun.management.ThreadMXBean;
import io.tare.probe.AllocationSite;
import io.tare.probe.Work;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/** Samples where a piece of work allocates, on the calling thread. */
public final class AllocationSites {
  private static final long LIMIT_NANOS = 2_000_000_000L;
  private static final long ENOUGH_BYTES = 256L << 20;
  private static final int MAX_SITES = 10;
  private static final @Nullable ThreadMXBean THREADS = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
      ? bean
      : null;

  /** Kept, so that no compiler leaves it out. */
  @SuppressWarnings("UnusedVariable")
  private static volatile byte[] shifted = {};

  private record Key(String className, String place) {}

  private record Weight(long bytes, int samples) {
    Weight plus(Weight other) {
      return new Weight(bytes + other.bytes, samples + other.samples);
    }
  }

  private AllocationSites() {}

  public static <X extends Exception> List<AllocationSite> of(Work<X> work) throws X {
    try (ShortRecording recording = new ShortRecording().withAllocationSamples().start()) {
      repeat(work);
      long threadId = Thread.currentThread().getId();
      return summed(withoutFirst(recording.stopAndRead(event -> isSampleOf(event, threadId))));
    }
  }

  /** Objects in a byte that the work allocates, from the sampled bytes of each class and the mean size of its sampled objects. */
  public static <X extends Exception> OptionalDouble objectsPerByte(Work<X> work) throws X {
    try (ShortRecording recording = new ShortRecording().withAllocationSamples().withObjectSizes().start()) {
      repeat(work);
      long threadId = Thread.currentThread().getId();
      List<RecordedEvent> events = recording.stopAndRead(event -> isOf(event, threadId));
      Map<String, Weight> sizes = new HashMap<>();
      events.stream().filter(event -> !isSample(event)).forEach(event -> sizes
          .merge(Frames.className(event.getClass("objectClass")), new Weight(event.getLong("allocationSize"), 1),
              Weight::plus));
      double objects = 0;
      long bytes = 0;
      for (RecordedEvent sample : withoutFirst(events.stream().filter(AllocationSites::isSample).toList())) {
        Weight size = sizes.get(Frames.className(sample.getClass("objectClass")));
        if (size != null) {
          bytes += sample.getLong("weight");
          objects += sample.getLong("weight") * (double) size.samples / size.bytes;
        }
      }
      return bytes == 0 ? OptionalDouble.empty() : OptionalDouble.of(objects / bytes);
    }
  }

  private static boolean isSample(RecordedEvent event) {
    return event.getEventType().getName().equals("jdk.ObjectAllocationSample");
  }

  private static boolean isOf(RecordedEvent event, long threadId) {
    String name = event.getEventType().getName();
    RecordedThread thread = isSample(event) || name.equals(ShortRecording.NEW_BUFFER)
        || name.equals(ShortRecording.NO_BUFFER)
            ? event.getThread()
            : null;
    return thread != null && thread.getJavaThreadId() == threadId && !Frames.isOfJfr(event.getStackTrace())
        && !isShift(event.getStackTrace());
  }

  private static <X extends Exception> void repeat(Work<X> work) throws X {
    long start = System.nanoTime();
    long bytesBefore = allocatedBytes();
    long random = start | 1;
    do {
      work.run();
      random ^= random << 13;
      random ^= random >>> 7;
      random ^= random << 17;
      if ((random & 15) == 0) {
        shift((int) (random >>> 32 & 1023));
      }
    } while (System.nanoTime() - start < LIMIT_NANOS && allocatedBytes() - bytesBefore < ENOUGH_BYTES);
  }

  /** A sample is what fills a buffer up: without a shift it would always be the same of a call's objects. */
  private static void shift(int bytes) {
    shifted = new byte[bytes];
  }

  private static boolean isShift(@Nullable RecordedStackTrace trace) {
    if (trace == null || trace.getFrames().isEmpty()) {
      return false;
    }
    RecordedMethod method = trace.getFrames().get(0).getMethod();
    return method.getName().equals("shift") && method.getType().getName().equals(AllocationSites.class.getName());
  }

  private static long allocatedBytes() {
    return THREADS == null ? 0 : THREADS.getCurrentThreadAllocatedBytes();
  }

  public static boolean isSampleOf(RecordedEvent event, long threadId) {
    return isSample(event) && isOf(event, threadId);
  }

  /** The first sample of a thread carries the weight of all that the thread allocated before the recording began. */
  private static List<RecordedEvent> withoutFirst(List<RecordedEvent> samples) {
    List<RecordedEvent> inOrder = samples.stream().sorted(Comparator.comparing(RecordedEvent::getStartTime)).toList();
    return inOrder.size() < 2 ? inOrder : inOrder.subList(1, inOrder.size());
  }

  public static List<AllocationSite> summed(List<RecordedEvent> samples) {
    Map<Key, Weight> weights = new HashMap<>();
    long totalBytes = 0;
    for (RecordedEvent sample : samples) {
      long bytes = sample.getLong("weight");
      totalBytes += bytes;
      weights.merge(new Key(Frames.className(sample.getClass("objectClass")), Frames.place(sample.getStackTrace())),
          new Weight(bytes, 1),
          Weight::plus);
    }
    long all = Math.max(1, totalBytes);
    return weights.entrySet().stream()
        .map(site -> new AllocationSite(site.getKey().className, site.getKey().place,
            (double) site.getValue().bytes / all, site.getValue().samples))
        .sorted(Comparator.comparingDouble(AllocationSite::share).reversed()).limit(MAX_SITES).toList();
  }
}
