package io.tare.offsets;

import io.tare.offsets.round.Fleet;
import io.tare.offsets.round.Partition;
import io.tare.offsets.round.Plan;
import io.tare.probe.MemoryStats;
import io.tare.probe.marks.Marks;
import java.io.PrintStream;
import java.util.Locale;

/** START, rounds, AFTER RUN, GC, AFTER GC: the protocol by hand, with a table of what each number did. */
final class RunCommand {
  private RunCommand() {}

  static int run(Plan plan, int rounds, boolean pauses, PrintStream out) throws InterruptedException {
    Fleet fleet = new Fleet(plan);
    out.println("pid " + ProcessHandle.current().pid() + ": " + plan.variant().label() + ", " + plan.instances()
        + " instances, " + rounds + " rounds of " + plan.messages() + " messages each");
    // Classes, threads and compiled code of the first use would else look like something left behind.
    fleet.round();
    Marks.logTo(line -> print(line, out));
    MemoryStats start = stage("START", 0, pauses);
    for (int round = 0; round < rounds; round++) {
      fleet.round();
    }
    long committed = fleet.partitions().stream().mapToLong(Partition::nextToRead).sum();
    MemoryStats afterRun = mark("AFTER_RUN", committed, pauses);
    MemoryStats afterGc = stage("AFTER_GC", committed, pauses);
    Marks.logTo(null);
    out.println(new StageTable(start, afterRun, afterGc).text());
    out.printf(Locale.ROOT, "%,d messages committed%n", committed);
    plan.leaks().stream().sorted()
        .forEach(leak -> out.println("switched on: " + leak.label() + ", " + leak.leftBehind()));
    return fleet.partitions().stream().allMatch(partition -> partition.nextToRead() == partition.received() + 1)
        ? Offsets.FINE
        : Offsets.FINDING;
  }

  /** The stages only; the partitions mark their progress too. */
  private static void print(String line, PrintStream out) {
    if (!line.contains("PARTITION_")) {
      out.println(line);
    }
  }

  private static MemoryStats stage(String label, long items, boolean pauses) {
    System.gc();
    // What the first one found dead may have held more.
    System.gc();
    return mark(label, items, pauses);
  }

  private static MemoryStats mark(String label, long items, boolean pauses) {
    Marks.at(label, items);
    MemoryStats stats = MemoryStats.withRss();
    if (pauses) {
      Enter.await(label);
    }
    return stats;
  }
}
