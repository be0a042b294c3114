package io.tare.probe.allocation;

import io.tare.probe.Work;
import io.tare.probe.jvm.JitCompiler;
import io.tare.probe.jvm.ThreadAllocation;

/** Calls work until it is warm, then counts what batches of calls allocate. */
final class SteadyMeasurement {
  private static final int UNCOMPILED_CALLS = 20;
  private static final int BATCHES = 7;
  private static final long BATCH_NANOS = 5_000_000L;
  /** The compiler's clock ticks in milliseconds: a shorter round proves nothing. */
  private static final long ROUND_NANOS = 10_000_000L;
  private static final int MAX_CALLS_PER_BATCH = 10_000;

  private SteadyMeasurement() {}

  static <X extends Exception> SteadyAllocation measure(WarmUp warmUp, Work<X> work) throws X {
    long firstCallBytes = bytesOf(work, 1);
    long uncompiledBytes = Long.MAX_VALUE;
    for (int i = 0; i < UNCOMPILED_CALLS; i++) {
      uncompiledBytes = Math.min(uncompiledBytes, bytesOf(work, 1));
    }
    long warmUpStart = System.nanoTime();
    long warmUpCalls = 1 + UNCOMPILED_CALLS + warmUp(warmUp, work);
    long callNanos = Math.max(1, (System.nanoTime() - warmUpStart) / warmUpCalls);
    int batch = (int) Math.max(1, Math.min(MAX_CALLS_PER_BATCH, BATCH_NANOS / callNanos));
    long least = Long.MAX_VALUE;
    for (int i = 0; i < BATCHES; i++) {
      least = Math.min(least, bytesOf(work, batch));
    }
    return new SteadyAllocation((double) least / batch, uncompiledBytes, firstCallBytes,
        new SteadyAllocation.Calls(warmUpCalls, (long) batch * BATCHES));
  }

  /** Warm means: enough calls, enough time, and a compiler that did nothing during the last round
   * and has nothing to do. */
  private static <X extends Exception> long warmUp(WarmUp wanted, Work<X> work) throws X {
    long start = System.nanoTime();
    long calls = 0;
    boolean quiet = false;
    while (!quiet || calls < wanted.calls() || System.nanoTime() - start < wanted.atLeast().toNanos()) {
      long workMillis = JitCompiler.workMillis();
      long roundStart = System.nanoTime();
      while (System.nanoTime() - roundStart < ROUND_NANOS) {
        work.run();
        calls++;
      }
      quiet = JitCompiler.workMillis() == workMillis && JitCompiler.isIdle();
      if (System.nanoTime() - start > wanted.limit().toNanos()) {
        return calls;
      }
    }
    return calls;
  }

  private static <X extends Exception> long bytesOf(Work<X> work, int calls) throws X {
    long before = ThreadAllocation.ofThisThread();
    for (int i = 0; i < calls; i++) {
      work.run();
    }
    return ThreadAllocation.ofThisThread() - before;
  }

}
