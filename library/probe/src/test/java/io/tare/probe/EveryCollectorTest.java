package io.tare.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tare.probe.holders.HolderSearch;
import io.tare.probe.leftovers.ClassHistogram;
import io.tare.probe.leftovers.LeakVerdicts;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol needs a GC before each count, and the collectors differ in who runs it. */
@Tag("slow")
class EveryCollectorTest {
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  @ParameterizedTest
  @ValueSource(strings = {"UseSerialGC", "UseParallelGC", "UseZGC", "UseShenandoahGC"})
  void leaksAreToldFromGarbage(String collector) throws Exception {
    try (ChildJvm child = ChildJvm.start(LeakVerdicts.class, List.of("-XX:+" + collector, QUICK_START))) {
      String output = child.output();
      assumeFalse(output.contains("Unrecognized VM option") || output.contains("not supported"),
          "this JVM has no " + collector);
      assertThat(output).contains("ended threads: CLEAN").contains("kept arrays: LEAK");
    }
  }

  /** Threads that have ended lie in a dump until a collection has run, and on a busy machine even then: they count for nothing. */
  static final class EndedThreads extends Thread {
    private static final List<WeakReference<Dropped>> WEAKLY = new ArrayList<>();

    /** Weakly held: there until a collection, which a dump of living objects begins with, but not every JVM's. */
    static final class Dropped {}

    public static void main(String[] arguments) throws InterruptedException {
      String name = EndedThreads.class.getName();
      String dropped = Dropped.class.getName();
      for (int look = 0; look < 3; look++) {
        HolderSearch.Found found = HolderSearch.around(EndedThreads::startAndEnd, List.of(name, dropped), false);
        System.out.println("threads: " + found.netOf(name).objects() + found.whyNot());
        System.out.println("dropped: " + found.netOf(dropped).objects());
      }
    }

    private static void startAndEnd() throws InterruptedException {
      for (int i = 0; i < 20; i++) {
        Thread thread = new EndedThreads();
        thread.start();
        thread.join();
        WEAKLY.add(new WeakReference<>(new Dropped()));
      }
    }

    @Override
    public void run() {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UseSerialGC", "UseParallelGC", "UseG1GC", "UseZGC", "UseShenandoahGC"})
  void threadsThatHaveEndedAreNoneOfTheGrowth(String collector) throws Exception {
    try (ChildJvm child = ChildJvm.start(EndedThreads.class, List.of("-XX:+" + collector, "-Xmx256m", QUICK_START))) {
      String output = child.output();
      assumeFalse(output.contains("Unrecognized VM option") || output.contains("not supported"),
          "this JVM has no " + collector);
      List<Integer> left = output.lines().filter(line -> line.startsWith("threads: "))
          .map(line -> Integer.valueOf(line.substring(9))).toList();
      assertThat(left).as(output).containsExactly(0, 0, 0);
      assertThat(output.lines().filter(line -> line.startsWith("dropped: "))).containsOnly("dropped: 0").hasSize(3);
    }
  }

  /** Old objects die here and there in a heap that is else full: a collection leaves gaps, and fills them. */
  static final class Gaps {
    private static final Object[] KEPT = new Object[100_000];

    public static void main(String[] arguments) {
      for (int i = 0; i < KEPT.length; i++) {
        KEPT[i] = new byte[100];
      }
      ClassHistogram.afterGc();
      for (int round = 0; round < 9; round++) {
        for (int i = 0; i < 5_000; i += 19 - 2 * round) {
          KEPT[i] = new byte[100];
        }
        System.out.println("int arrays: " + ClassHistogram.afterGc().of("int[]").objects());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UseSerialGC", "UseParallelGC", "UseG1GC"})
  void whatFillsTheGapsOfTheHeapIsNotCountedAsTheProgramsArrays(String collector) throws Exception {
    try (ChildJvm child = ChildJvm.start(Gaps.class, List.of("-XX:+" + collector, "-Xmx128m", QUICK_START))) {
      List<Long> arrays = child.output().lines().filter(line -> line.startsWith("int arrays: "))
          .map(line -> Long.valueOf(line.substring(12))).toList();
      assertThat(arrays).hasSize(9);
      // The first answers make some of their own; gaps would have hundreds.
      List<Long> later = arrays.subList(2, 9);
      assertThat(Collections.max(later) - Collections.min(later)).as(arrays.toString()).isLessThan(40);
    }
  }
}
