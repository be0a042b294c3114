package io.tare.probe.allocation;

import io.tare.probe.AllocationSite;
import io.tare.probe.Work;
import io.tare.probe.jfr.AllocationSites;
import io.tare.probe.jfr.Jfr;
import io.tare.probe.jvm.ThreadAllocation;
import java.util.List;

/**
 * How much a block allocates, to the byte, by the JVM's own per-thread counters.
 *
 * <pre>{@code
 * long bytes = Allocations.of(() -> parse(line)).bytes();                 // this run, this thread
 * SteadyAllocation steady = Allocations.perCall(() -> parse(line));       // each call once it is warm
 * List<AllocationSite> sites = Allocations.sites(() -> parse(line));      // and where from
 * }</pre>
 */
public final class Allocations {
  private Allocations() {}

  /**
   * What one run of the block allocates on the calling thread. The first run of code also loads classes and links lambdas,
   * which allocates; {@link #perCall} leaves that out. The calling thread must be a platform thread.
   */
  public static <X extends Exception> Allocation of(Work<X> work) throws X {
    requireCounter();
    long before = ThreadAllocation.ofThisThread();
    work.run();
    return Allocation.exactly(ThreadAllocation.ofThisThread() - before);
  }

  /**
   * What one run of the block allocates on the calling thread, on threads started by it (virtual ones too) and on the shared
   * workers of fork-join pools. The block must wait for its threads. Other threads that were there before are left out; that
   * is exact while they don't allocate and no one else starts threads. An older JVM than JDK 21 or a late update of 17 forgets what an ended thread
   * allocated, and the answer says so.
   */
  public static <X extends Exception> Allocation ofAllThreads(Work<X> work) throws X {
    return AllThreads.measure(work);
  }

  /** What each call allocates on the calling thread once classes are loaded and the JIT has done its work. */
  public static <X extends Exception> SteadyAllocation perCall(Work<X> work) throws X {
    return perCall(WarmUp.DEFAULT, work);
  }

  /** The same with another amount of warm-up. */
  public static <X extends Exception> SteadyAllocation perCall(WarmUp warmUp, Work<X> work) throws X {
    requireCounter();
    return SteadyMeasurement.measure(warmUp, work);
  }

  /**
   * Where the calls allocate, by JFR's samples, biggest first. The block runs again and again for up to two seconds, or until
   * it allocated enough to be sampled well. Empty when it allocates next to nothing, or when this JVM has no JFR.
   */
  public static <X extends Exception> List<AllocationSite> sites(Work<X> work) throws X {
    return Jfr.AVAILABLE ? AllocationSites.of(work) : List.of();
  }

  /**
   * How many objects each call makes, of calls whose bytes were measured. The JVM counts bytes, not objects: JFR's samples say of which
   * classes the bytes are and how large their objects, so the number is an estimate unless it is 0. Empty without JFR, or when too
   * little is allocated to be sampled.
   */
  public static <X extends Exception> AllocatedObjects objectsPerCall(SteadyAllocation measured, Work<X> work)
      throws X {
    return measured.bytesPerCall() == 0
        ? AllocatedObjects.NONE
        : Jfr.AVAILABLE
            ? AllocatedObjects.estimated(AllocationSites.objectsPerByte(work), measured.bytesPerCall())
            : AllocatedObjects.unknown("this Java runtime has no JFR");
  }

  private static void requireCounter() {
    if (ThreadAllocation.ofThisThread() < 0) {
      throw new IllegalStateException(
          "this thread's allocations are not counted (a virtual thread, or a JVM without the counter): use Allocations.ofAllThreads, or a platform thread");
    }
  }
}
