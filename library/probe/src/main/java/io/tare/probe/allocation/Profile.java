package io.tare.probe.allocation;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.probe.Work;
import io.tare.probe.jfr.Jfr;
import io.tare.probe.jfr.ProfileRecording;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/**
 * Writes a profile of this process to a file, one call each. A heap dump is for {@code tare heap} and other heap analysers,
 * the other two are JFR recordings, for {@code tare alloc}, JDK Mission Control or {@code jfr print}. Heap dumps hold all that
 * the program has in memory, secrets included: the file is as private as the process.
 */
public final class Profile {
  private Profile() {}

  /** Writes the living objects, after a full GC; the program stands still meanwhile. The name must end in {@code .hprof}. */
  public static void heap(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toAbsolutePath().toString(), true);
  }

  /** Runs the work and writes where all threads allocated meanwhile, sampled. */
  public static <X extends Exception> void allocations(Path file, Work<X> work) throws X, IOException {
    requireJfr();
    ProfileRecording.ofAllocations().record(file, work);
  }

  /** Runs the work and writes where all threads spent processor time meanwhile, sampled every 10 ms. */
  public static <X extends Exception> void cpu(Path file, Work<X> work) throws X, IOException {
    requireJfr();
    ProfileRecording.ofCpu().record(file, work);
  }

  private static void requireJfr() {
    if (!Jfr.AVAILABLE) {
      throw new UnsupportedOperationException("this Java runtime has no JFR (module jdk.jfr)");
    }
  }
}
