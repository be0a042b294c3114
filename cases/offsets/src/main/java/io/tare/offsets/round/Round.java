package io.tare.offsets.round;

import java.util.List;
import java.util.Optional;
import java.util.Timer;

/** One round on one partition: its three loops and the timer that reports on them, from start to finish. */
final class Round {
  private static final long REPORT_EVERY_MILLIS = 1_000;

  private final Plan plan;
  private final Partition partition;
  private final Latencies latencies = new Latencies();
  private final Stop stop;
  private final List<Loop> loops;
  private final Timer timer;

  private Round(Plan plan, Partition partition) {
    this.plan = plan;
    this.partition = partition;
    long end = partition.received() + plan.messages();
    this.stop = new Stop();
    this.loops = List.of(new AppendLoop(partition, end, stop), new UpdateLoop(partition, end, latencies, stop),
        new CommitLoop(partition, plan.leaks(Leak.LOOPS), stop));
    this.timer = new Timer("offsets-progress-" + partition.number(), true);
    timer.schedule(new ProgressReport(partition), REPORT_EVERY_MILLIS, REPORT_EVERY_MILLIS);
  }

  static Round start(Partition partition, Plan plan) {
    Round round = new Round(plan, partition);
    round.loops.forEach(Loop::start);
    return round;
  }

  /** Waits until all is done, commits the rest, and clears up, unless a leak is asked for. */
  void finish() throws InterruptedException {
    loops.get(0).join();
    loops.get(1).join();
    stop.now();
    if (!plan.leaks(Leak.LOOPS)) {
      loops.get(2).join();
    }
    partition.commit();
    if (!plan.leaks(Leak.TIMERS)) {
      timer.cancel();
    }
    if (plan.leaks(Leak.STATICS)) {
      RecentRounds.keep(latencies);
    }
    failure().ifPresent(failure -> {
      throw new IllegalStateException("a loop of partition " + partition.number() + " failed", failure);
    });
  }

  private Optional<Throwable> failure() {
    return loops.stream().flatMap(loop -> loop.failure().stream()).findFirst();
  }
}
