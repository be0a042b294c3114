package io.tare.probe.leftovers;

import io.tare.probe.jvm.ClassNames;
import io.tare.probe.jvm.DiagnosticCommands;
import io.tare.probe.jvm.FullGc;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The living objects of this process, counted by class. */
public record ClassHistogram(Map<String, ClassCount> byClass, ClassCount total) {
  /** {@code   12:          2991         239688  [J (java.base@17.0.15)} */
  private static final Pattern ROW = Pattern
      .compile("\\s*\\d{1,9}:\\s+(\\d{1,18})\\s+(\\d{1,18})\\s+(\\S.{0,1000}?)(?: \\([^()]*\\))?\\s*");
  /** {@code Total         93975        4455088} */
  private static final Pattern TOTAL = Pattern.compile("Total\\s+(\\d{1,18})\\s+(\\d{1,18})\\s*");

  /** Serial fills the gaps that it leaves with arrays of int, before JDK 22 with the program's own {@code int[]}; every so many times it leaves none. */
  private static final Optional<GarbageCollectorMXBean> LEAVES_GAPS = ManagementFactory.getGarbageCollectorMXBeans()
      .stream().filter(collector -> collector.getName().equals("MarkSweepCompact") && Runtime.version().feature() < 22)
      .findFirst();
  /** {@code MarkSweepAlwaysCompactCount}. */
  private static final int LEAVES_NONE_EVERY = 4;

  public ClassHistogram {
    byClass = Map.copyOf(byClass);
  }

  /** Runs a full GC, then counts what lives. With most collectors it works also where {@code System.gc()} is switched off. */
  public static ClassHistogram afterGc() {
    FullGc.beforeAsking();
    LEAVES_GAPS.ifPresent(ClassHistogram::untilTheNextLeavesNone);
    return DiagnosticCommands.runWithDefaults("gcClassHistogram").flatMap(ClassHistogram::parse)
        .orElseThrow(() -> new IllegalStateException("the JVM's class histogram could not be read"));
  }

  private static void untilTheNextLeavesNone(GarbageCollectorMXBean collector) {
    for (int asked = 1; asked < LEAVES_NONE_EVERY
        && (collector.getCollectionCount() + 1) % LEAVES_NONE_EVERY != 0; asked++) {
      System.gc();
    }
  }

  /** Reads the text of {@code GC.class_histogram}; empty when it has no total line. Arrays are named {@code byte[]}; classes of one
   * name are added up. */
  public static Optional<ClassHistogram> parse(String text) {
    Map<String, ClassCount> byClass = new HashMap<>();
    ClassCount[] fillers = {ClassCount.NONE};
    ClassCount[] total = new ClassCount[1];
    text.lines().forEach(line -> {
      Matcher row = ROW.matcher(line);
      Matcher sum = TOTAL.matcher(line);
      if (row.matches() && isFiller(row.group(3))) {
        fillers[0] = fillers[0].plus(count(row));
      } else if (row.matches()) {
        byClass.merge(ClassNames.readable(row.group(3)), count(row), ClassCount::plus);
      } else if (sum.matches()) {
        total[0] = count(sum);
      }
    });
    return Optional.ofNullable(total[0]).map(sum -> new ClassHistogram(byClass, sum.minus(fillers[0])));
  }

  /** What G1 puts into the gaps that a full GC leaves; from JDK 22 on it has a class of its own, and is left out here. */
  private static boolean isFiller(String className) {
    return className.equals("jdk.internal.vm.FillerObject") || className.equals("[Ljdk.internal.vm.FillerElement;");
  }

  public ClassCount of(String className) {
    return byClass.getOrDefault(className, ClassCount.NONE);
  }

  private static ClassCount count(Matcher numbers) {
    return new ClassCount(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
  }
}
