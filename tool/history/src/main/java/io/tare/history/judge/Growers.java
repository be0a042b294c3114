package io.tare.history.judge;

import io.tare.model.history.Counting;
import io.tare.model.history.Counting.Count;
import io.tare.model.history.Counting.Kind;
import io.tare.model.history.LeakVerdict.Grower;
import io.tare.model.history.Series.Point;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which class, type or function becomes more and more: the one that a leak is made of, named without a dump. What a program wrote itself
 * is named before the texts, arrays and maps that it holds, which grow with it.
 */
public final class Growers {
  private static final int FEWEST_COUNTS = 3;
  /** Garbage comes and goes in between. */
  private static final int FEWEST_WITH_GARBAGE = 4;
  private static final int MOST = 10;
  /** Of all pairs of counts so many must have risen, more than have fallen. */
  private static final double MOSTLY_RISES = 0.8;
  /** What grew in the first half only was warm-up. */
  private static final double GOES_ON = 0.25;
  private static final long LEAST_BYTES = 64 << 10;
  private static final long LEAST_OBJECTS = 1000;
  private static final long LEAST_GOROUTINES = 20;
  /** A program's own class is named first when it explains the growth: of the objects that grow most one in twenty, or of their bytes one in two hundred. */
  private static final long OWN_OBJECTS = 20;
  private static final long OWN_BYTES = 200;
  /** With these a collector fills the holes that dead objects left. */
  private static final String FILLERS = "jdk.internal.vm.Filler";
  private static final Pattern OF_THE_RUNTIME = Pattern
      .compile("(java|javax|jdk|sun|com\\.sun|kotlin|scala)\\..*|[a-z]+(\\[])*|\\[.*");

  private Growers() {}

  /** The one to look at first in front; none where too little was counted, or where nothing was swept away in between. */
  public static List<Grower> of(Timeline timeline) {
    List<Counting> countings = timeline.countings();
    if (countings.size() < FEWEST_COUNTS || !wasSwept(timeline)) {
      return List.of();
    }
    List<Grower> growers = new ArrayList<>();
    for (Count last : countings.getLast().counts()) {
      double[] bytes = new double[countings.size()];
      double[] objects = new double[countings.size()];
      Map<Counting, Count> of = of(last.name(), countings);
      for (int i = 0; i < bytes.length; i++) {
        Counting counting = countings.get(i);
        Count count = of.getOrDefault(counting, new Count("", 0, last.bytes() == 0 ? 0 : counting.leftOutBytes()));
        bytes[i] = count.bytes();
        objects[i] = count.objects();
      }
      if (grows(last.bytes() == 0 ? objects : bytes)) {
        growers.add(new Grower(countings.getLast().kind(), last.name(), early(bytes), late(bytes), early(objects),
            late(objects), bytes.length));
      }
    }
    growers.removeIf(grower -> !isWorthNaming(grower) || grower.name().startsWith(FILLERS));
    growers.sort(Comparator.comparingLong(Grower::moreBytes).thenComparingLong(Grower::moreObjects).reversed()
        .thenComparing(Grower::name));
    ownFirst(growers);
    return growers.subList(0, Math.min(MOST, growers.size()));
  }

  private static Map<Counting, Count> of(String name, List<Counting> countings) {
    Map<Counting, Count> found = new HashMap<>();
    for (Counting counting : countings) {
      counting.counts().stream().filter(count -> count.name().equals(name)).findFirst()
          .ifPresent(count -> found.put(counting, count));
    }
    return found;
  }

  /** Of Java, garbage is counted too: what grows while nobody collects is no leak yet. */
  private static boolean wasSwept(Timeline timeline) {
    List<Counting> countings = timeline.countings();
    if (countings.getLast().kind() != Kind.CLASS) {
      return true;
    }
    if (countings.size() < FEWEST_WITH_GARBAGE) {
      return false;
    }
    List<Point> runs = timeline.series(SeriesNames.GC_RUNS).map(series -> series.points()).orElse(List.of());
    int swept = 0;
    for (int i = 1; i < countings.size(); i++) {
      swept += runsUntil(runs, countings.get(i)) > runsUntil(runs, countings.get(i - 1)) ? 1 : 0;
    }
    return swept * 2 >= countings.size() - 1;
  }

  private static double runsUntil(List<Point> runs, Counting counting) {
    double until = 0;
    for (Point run : runs) {
      if (run.at().toEpochMilli() > counting.epochMillis()) {
        break;
      }
      until = run.value();
    }
    return until;
  }

  static boolean grows(double[] values) {
    int third = (values.length + 2) / 3;
    double highestFirst = Arrays.stream(values, 0, third).max().orElse(0);
    double lowestLast = Arrays.stream(values, values.length - third, values.length).min().orElse(0);
    int pairs = values.length * (values.length - 1) / 2;
    int rises = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        rises += (int) Math.signum(values[j] - values[i]);
      }
    }
    double whole = values[values.length - 1] - values[0];
    double secondHalf = values[values.length - 1] - values[values.length / 2];
    double halfOfTime = (values.length - 1 - values.length / 2) / (values.length - 1.0);
    return lowestLast > highestFirst && rises >= MOSTLY_RISES * pairs && secondHalf >= GOES_ON * halfOfTime * whole;
  }

  private static long early(double[] values) {
    return (long) values[0];
  }

  private static long late(double[] values) {
    return (long) values[values.length - 1];
  }

  private static boolean isWorthNaming(Grower grower) {
    return grower.lastBytes() == 0
        ? grower.moreObjects() >= LEAST_GOROUTINES
        : grower.moreBytes() >= LEAST_BYTES || grower.moreObjects() >= LEAST_OBJECTS;
  }

  private static void ownFirst(List<Grower> growers) {
    if (growers.isEmpty()) {
      return;
    }
    Grower most = growers.getFirst();
    List<Grower> own = growers.stream().filter(grower -> isOwn(grower) && (grower.kind() == Kind.FUNCTION
        || grower.moreObjects() * OWN_OBJECTS >= most.moreObjects()
        || grower.moreBytes() * OWN_BYTES >= most.moreBytes()))
        .toList();
    growers.removeAll(own);
    growers.addAll(0, own);
  }

  /** A goroutine that waits for ever brings {@code runtime.malg}, which made its stack. Types of CPython that are built in have no module before their name; arrays and {@code java.util.HashMap$Node} say nothing either. */
  private static boolean isOwn(Grower grower) {
    if (grower.kind() == Kind.FUNCTION) {
      return !grower.name().startsWith("runtime.");
    }
    return !OF_THE_RUNTIME.matcher(grower.name()).matches()
        && (grower.kind() == Kind.CLASS || grower.name().contains("."));
  }
}
