package io.tare.probe.leftovers;

import io.tare.probe.Work;

/**
 * Runs work round after round and tells what does not come back: START, rounds, settle, GC, compare.
 *
 * <p>A leak is growth that goes on. After some unmeasured runs, each round runs the work as often as a second in all allows;
 * then a full GC, and a count of the living objects of every class and of the threads, timers, executors, class loaders,
 * thread-local values, buffers, files, JMX beans, shutdown hooks and native memory. What grows is looked at once more, with twice
 * as many runs: a cache that warms up slows down or stops, a leak grows with the work. Who holds it is found by two heap dumps.
 * What only soft references or declared caches hold is no leak. The work must be repeatable, and nothing else should run in the
 * process meanwhile.
 *
 * <pre>{@code
 * LeakReport report = LeakProtocol.rounds(20, () -> server.handle(request));
 * if (report.verdict() == LeakReport.Verdict.LEAK) System.out.println(report.inWords());
 * }</pre>
 */
public final class LeakProtocol {
  private LeakProtocol() {}

  /** Runs the protocol with its usual options. Fewer than 8 rounds give no verdict. */
  public static <X extends Exception> LeakReport rounds(int rounds, Work<X> work) throws X {
    return run(LeakOptions.ofRounds(rounds), work);
  }

  public static <X extends Exception> LeakReport run(LeakOptions options, Work<X> work) throws X {
    return LeakRun.run(options, work);
  }
}
