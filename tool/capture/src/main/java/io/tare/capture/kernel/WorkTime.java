package io.tare.capture.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long a piece of work may take: so much time on a processor, whatever else the machine does meanwhile; and, behind that, so much by the
 * clock, for work that waits. It counts the thread that made it, and is asked by that thread alone.
 */
public final class WorkTime {
  private final Limits limits;
  private final long lastNanos;
  private final OptionalLong began;
  /** The first moment by the clock at which either limit can be reached: a thread's time on a processor never runs ahead of the clock. */
  private long nextLook;
  private String ranOut = "";

  /**
   * At most this much.
   *
   * @param processor time on a processor
   * @param clock time altogether, waiting included
   */
  public record Limits(Duration processor, Duration clock) {}

  public WorkTime(Limits limits) {
    long now = System.nanoTime();
    this.limits = limits;
    this.lastNanos = now + limits.clock().toNanos();
    this.began = processorNanos();
    this.nextLook = now + Math.min(limits.processor().toNanos(), limits.clock().toNanos());
  }

  public boolean isOver() {
    if (ranOut.isEmpty() && System.nanoTime() - nextLook >= 0) {
      look();
    }
    return !ranOut.isEmpty();
  }

  /** Which time ran out, as in "given up after ..."; empty while there is some left. */
  public String ranOut() {
    return ranOut;
  }

  private void look() {
    long now = System.nanoTime();
    OptionalLong processor = processorNanos();
    long left = began.isPresent() && processor.isPresent()
        ? limits.processor().toNanos() - (processor.getAsLong() - began.getAsLong())
        : Long.MAX_VALUE;
    if (left <= 0) {
      ranOut = words(limits.processor()) + " of processor time";
    } else if (now - lastNanos >= 0) {
      ranOut = words(limits.clock()) + " by the clock";
    } else {
      nextLook = now + Math.min(left, lastNanos - now);
    }
  }

  private static String words(Duration time) {
    return time.toMillisPart() == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** What this thread has had of a processor; not known where the kernel's call has no known number. */
  private static OptionalLong processorNanos() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(2 * Long.BYTES, Long.BYTES);
      SystemCall.CLOCK_GETTIME.call(SystemCall.CLOCK_OF_THIS_THREAD, time.address()).orThrow("the processor's clock");
      return OptionalLong.of(time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000
          + time.get(ValueLayout.JAVA_LONG, Long.BYTES));
    } catch (IOException unknown) {
      return OptionalLong.empty();
    }
  }
}
