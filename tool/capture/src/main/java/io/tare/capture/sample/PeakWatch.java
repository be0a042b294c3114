package io.tare.capture.sample;

import io.tare.capture.kernel.ChildUsage;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.proc.LabelledNumbers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The peak of a child from its start to its end. The kernel tells a parent the peak of each child that has ended, but counts the parent's
 * own memory into it, which a child that is started shares for a moment: what is larger than that is exact. Of smaller ones the peak that
 * the kernel keeps while they run is read, at first each millisecond, later more and more rarely.
 */
public final class PeakWatch implements AutoCloseable {
  private static final List<String> PEAK = List.of("VmHWM");
  private static final long LONGEST_PAUSE_MILLIS = 100;
  /** A pause is this part of the time that has passed: what is short is read often, each millisecond of its first seconds. */
  private static final int PART = 1_000;

  private final Optional<HeldFile> status;
  private final Optional<ChildUsage> before;
  private final Thread thread;
  private volatile boolean ended;
  private volatile long highest = LabelledNumbers.UNKNOWN;

  private PeakWatch(long pid, Optional<ChildUsage> before) {
    status = HeldFile.open(new ProcessFolder(ProcessFolder.LIVE_ROOT, pid).file("status"));
    this.before = before;
    thread = Thread.ofPlatform().daemon().name("peak of " + pid).start(this::read);
  }

  /** What ended children used until now; empty where the kernel can't be asked. */
  public static Optional<ChildUsage> usage() {
    try {
      // A program may be over before code that was never used is there: what reads its peak is used once before.
      own();
      return Optional.of(ChildUsage.now());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  /** Begins to read; {@code before} is what children had used before this one was started. */
  public static PeakWatch begin(long pid, Optional<ChildUsage> before) {
    return new PeakWatch(pid, before);
  }

  private void read() {
    long[] found = new long[1];
    LabelledNumbers numbers = new LabelledNumbers(PEAK);
    long began = System.nanoTime();
    try {
      while (!ended && status.isPresent()) {
        int length = status.get().read();
        numbers.read(status.get().bytes(), length, found, 0);
        if (found[0] == LabelledNumbers.UNKNOWN) {
          return;
        }
        highest = Math.max(highest, found[0]);
        long passed = (System.nanoTime() - began) / 1_000_000;
        Thread.sleep(Math.clamp(passed / PART, 1, LONGEST_PAUSE_MILLIS));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** The child's peak, once it has ended and was collected. */
  public OptionalLong peakBytes() {
    Optional<ChildUsage> after = usage();
    boolean grew = before.isPresent() && after.isPresent() && after.get().peakBytes() > before.get().peakBytes();
    if (grew && after.get().peakBytes() > own()) {
      return OptionalLong.of(after.get().peakBytes());
    }
    return highest > 0 ? OptionalLong.of(highest) : OptionalLong.empty();
  }

  /** The processor time of the child and of all that it waited for. */
  public OptionalLong cpuNanos() {
    Optional<ChildUsage> after = usage();
    return before.isPresent() && after.isPresent()
        ? OptionalLong.of(after.get().cpuNanos() - before.get().cpuNanos())
        : OptionalLong.empty();
  }

  private static long own() {
    long[] found = new long[1];
    Optional<HeldFile> self = HeldFile.open(
        new ProcessFolder(ProcessFolder.LIVE_ROOT, ProcessHandle.current().pid()).file("status"));
    if (self.isEmpty()) {
      return Long.MAX_VALUE;
    }
    try (HeldFile file = self.get()) {
      new LabelledNumbers(PEAK).read(file.bytes(), file.read(), found, 0);
      return found[0] == LabelledNumbers.UNKNOWN ? Long.MAX_VALUE : found[0];
    } catch (IOException unreadable) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void close() throws IOException {
    ended = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    if (status.isPresent()) {
      status.get().close();
    }
  }
}
