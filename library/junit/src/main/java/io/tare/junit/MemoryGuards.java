package io.tare.junit;

import io.tare.probe.AllocationSite;
import io.tare.probe.Work;
import io.tare.probe.allocation.AllocatedObjects;
import io.tare.probe.allocation.Allocations;
import io.tare.probe.allocation.SteadyAllocation;
import io.tare.probe.allocation.WarmUp;
import io.tare.probe.leftovers.LeakOptions;
import io.tare.probe.leftovers.LeakProtocol;
import io.tare.probe.leftovers.LeakReport;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;

/**
 * The guards as methods, for a part of a test, or without annotations. Each runs the work and throws an {@link AssertionError}
 * that names what broke the limit.
 *
 * <p>All but {@link #maxAllocation} look at the whole process. Under parallel execution they need the process for themselves:
 * put {@code @ResourceLock(Resources.GLOBAL)} or {@code @Isolated} on the test, as the annotations do by themselves.
 */
public final class MemoryGuards {
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final int LONGER_WARM_UPS = 2;

  private MemoryGuards() {}

  /** The work, once warm, allocates at most so much per call on this thread. */
  public static <X extends Exception> void maxAllocation(String limit, Work<X> work) throws X {
    maxAllocation(limit, WarmUp.DEFAULT, work);
  }

  /** The same with another amount of warm-up. What is above the limit gets two longer warm-ups before it fails. */
  public static <X extends Exception> void maxAllocation(String limit, WarmUp warmUp, Work<X> work) throws X {
    double limitBytes = Size.parseBytes(limit);
    SteadyAllocation measured = Allocations.perCall(warmUp, work);
    WarmUp longer = warmUp;
    for (int i = 0; i < LONGER_WARM_UPS && measured.bytesPerCall() > limitBytes; i++) {
      longer = longer.doubled();
      measured = Allocations.perCall(longer, work);
    }
    if (measured.bytesPerCall() > limitBytes) {
      List<AllocationSite> sites = Allocations.sites(work);
      throw new GuardError("allocates " + Size.text(measured.bytesPerCall()) + " per call, limit "
          + Size.text(limitBytes) + "\n" + measured + "\n" + Allocations.objectsPerCall(measured, work)
          + sites.stream().map(site -> "\n  " + site).collect(Collectors.joining()));
    }
  }

  /** The work, once warm, makes at most so many objects per call, by JFR's samples. */
  public static <X extends Exception> void maxAllocations(int limit, Work<X> work) throws X {
    SteadyAllocation measured = Allocations.perCall(work);
    AllocatedObjects objects = Allocations.objectsPerCall(measured, work);
    if (objects.perCall().isEmpty()) {
      throw new TestAbortedException(objects + ": a limit of " + limit + " objects per call cannot be held");
    }
    if (Math.round(objects.perCall().getAsDouble()) > limit) {
      throw new GuardError("allocates " + objects + ", limit " + limit + " objects\n" + measured
          + Allocations.sites(work).stream().map(site -> "\n  " + site).collect(Collectors.joining()));
    }
  }

  /** While the work runs, living objects never grow by more than so much. */
  public static <X extends Exception> void maxHeap(String limit, Work<X> work) throws X {
    guarded(HeapGuard.start(Size.parseBytes(limit)), work);
  }

  /** While the work runs, resident memory grows by at most so much. */
  public static <X extends Exception> void maxRss(String limit, Work<X> work) throws X {
    guarded(RssGuard.start(Size.parseBytes(limit)), work);
  }

  /** The work, run round after round, leaves nothing behind that grows. */
  public static <X extends Exception> void noLeak(int rounds, Work<X> work) throws X {
    noLeak(LeakOptions.ofRounds(rounds), work);
  }

  /** The same with other options. */
  public static <X extends Exception> void noLeak(LeakOptions options, Work<X> work) throws X {
    LeakReport report = LeakProtocol.run(options, work);
    if (report.verdict() != LeakReport.Verdict.CLEAN) {
      throw new GuardError(report.inWords());
    }
  }

  /** The work leaves no thread behind. */
  public static <X extends Exception> void noThreadsLeft(Work<X> work) throws X {
    guarded(new ThreadGuard(SETTLE), work);
  }

  /** The work leaves no direct byte buffer behind. */
  public static <X extends Exception> void noDirectBuffersLeft(Work<X> work) throws X {
    guarded(DirectBufferGuard.start(SETTLE), work);
  }

  private static <X extends Exception> void guarded(Guard guard, Work<X> work) throws X {
    try {
      work.run();
    } finally {
      guard.stop();
    }
    guard.check();
  }
}
