package io.tare.probe.leftovers;

import io.tare.probe.holders.HolderSearch.Found;
import io.tare.probe.holders.HolderSearch.Holder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What grew, sorted by who holds it: leaks, and what is none because only soft references or declared caches hold it. */
record Judged(List<Growth> leaks, List<Excused> excused, List<String> notes) {
  private static final double WORTH_NAMING = 0.25;
  private static final int MOST_HOLDERS = 2;
  /** When so much of what the rounds foretold is where it may grow, the rest is something else that came meanwhile. */
  private static final double NEARLY_ALL = 0.9;
  /** Growth by fewer objects than this may be missing in a dump by chance. */
  private static final int ENOUGH_TO_MISS = 4;
  /** Texts and lambdas of a class, put there when the code that needs them first runs. */
  private static final String CONSTANTS_OF_A_CLASS = "<resolved_references>";
  private static final String SCATTERED = "a little in many places, and nowhere in particular";
  static final String SOFTLY = "held by soft references only, which the JVM clears when memory is short";

  /** What the JDK keeps for a while and lets go by itself: connections that may be used again. */
  private static final List<String> CACHES_OF_THE_JDK = List.of("sun.net.www.http.KeepAliveCache",
      "jdk.internal.net.http.ConnectionPool",
      "sun.security.ssl.SSLSessionContextImpl");

  /** It notes for sockets and the like what is to be done when they are gone, which is judged by what holds them. */
  private static final String OF_THE_CLEANER = "what the JDK is to clean up when its owner is gone, which is judged by who holds the owner";
  private static final String CLEANER_OF_THE_JDK = "jdk.internal.ref.CleanerFactory.commonCleaner";

  /** Kinds of things that are objects too: when these classes are excused, so is the kind. */
  private static final Map<Kind, Set<String>> WITNESSES = Map.of(Kind.FILE,
      Set.of("java.io.FileDescriptor", "java.net.Socket", "sun.nio.ch.NioSocketImpl", "sun.nio.ch.SocketChannelImpl"),
      Kind.DIRECT_BUFFER,
      Set.of("java.nio.DirectByteBuffer"), Kind.THREAD_LOCAL, Set.of("java.lang.ThreadLocal$ThreadLocalMap$Entry"),
      Kind.TIMER,
      Set.of("java.util.TimerThread", "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask"));

  static Judged nothing() {
    return new Judged(List.of(), List.of(), List.of());
  }

  boolean knows(String name) {
    return Stream.concat(leaks.stream(), excused.stream().map(Excused::growth))
        .anyMatch(growth -> growth.what().equals(name));
  }

  static Judged of(List<Growth> confirmed, Found found, int runs, List<String> declared) {
    List<Growth> leaks = new ArrayList<>();
    List<Excused> excused = new ArrayList<>();
    List<Growth> stopped = confirmed.stream().filter(growth -> isClass(growth) && hasStopped(growth, found, runs))
        .toList();
    List<Growth> byNature = confirmed.stream()
        .filter(growth -> !isClass(growth) && stopped.stream().noneMatch(witness -> isWitness(witness, growth)))
        .toList();
    List<Excused> scattered = new ArrayList<>();
    for (Growth growth : confirmed) {
      if (isClass(growth) && !stopped.contains(growth)) {
        List<Holder> holders = worthNaming(growth, found.of(growth.what()), runs);
        Optional<String> reason = excuse(growth, holders, declared, runs);
        if (reason.isPresent()) {
          excused.add(new Excused(growth, reason.get()));
        } else if (holders.isEmpty() && found.whyNot().isEmpty()) {
          scattered.add(new Excused(growth, SCATTERED));
        } else {
          leaks.add(withHolders(growth, holders));
        }
      }
    }
    List<Growth> named = new ArrayList<>();
    for (Growth growth : byNature) {
      excuseOfKind(growth, leaks, excused).ifPresentOrElse(why -> excused.add(new Excused(growth, why)),
          () -> named.add(growth));
    }
    // What a leak drags along lies in many places too; by itself it is none.
    if (leaks.isEmpty() && named.isEmpty()) {
      excused.addAll(scattered);
    } else {
      scattered.forEach(each -> leaks.add(each.growth()));
    }
    leaks.sort(Comparator.comparingInt((Growth leak) -> isOfTheJdk(leak) ? 1 : 0)
        .thenComparingInt(leak -> rank(found.of(leak.what()))).thenComparingInt(Judged::distance)
        .thenComparingDouble(leak -> -leak.bytesPerRun().slope()));
    named.addAll(leaks);
    return new Judged(named, excused, notes(found));
  }

  private static List<String> notes(Found found) {
    List<String> notes = new ArrayList<>();
    if (!found.whyNot().isEmpty()) {
      notes.add("Who holds it was not looked for: " + found.whyNot());
    }
    found.dumps().forEach(dump -> notes.add("The heap dump: " + dump));
    return notes;
  }

  private static boolean isClass(Growth growth) {
    return !growth.what().startsWith(NativeMemory.OF_THE_PROCESS)
        && Arrays.stream(Kind.values()).noneMatch(kind -> kind.plural().equals(growth.what()));
  }

  /** It grew in two looks, and in the third one no more. */
  private static boolean hasStopped(Growth growth, Found found, int runs) {
    double expectedObjects = growth.objectsPerRun().slope() * runs;
    double expectedBytes = growth.bytesPerRun().slope() * runs;
    boolean looked = found.whyNot().isEmpty() && expectedObjects >= ENOUGH_TO_MISS;
    return looked && found.netOf(growth.what()).objects() < expectedObjects / 4
        && found.netOf(growth.what()).bytes() < expectedBytes / 4;
  }

  /** What is of this kind has an object of this class each: sockets that a timer closes after a while take theirs along. */
  private static boolean isWitness(Growth witness, Growth ofKind) {
    return witness.objectsPerRun().slope() >= ofKind.objectsPerRun().slope() * NEARLY_ALL && WITNESSES.entrySet()
        .stream().anyMatch(kind -> kind.getKey().plural().equals(ofKind.what())
            && kind.getValue().contains(witness.what()));
  }

  private static Optional<String> excuse(Growth growth, List<Holder> holders, List<String> declared, int runs) {
    if (matches(Set.of(growth.what()), declared)) {
      return Optional.of("declared as one that may grow");
    }
    List<Holder> mayGrow = holders.stream().filter(holder -> !reason(holder, declared).isEmpty()).toList();
    double foretold = growth.objectsPerRun().slope() * runs;
    long explained = mayGrow.stream().mapToLong(holder -> holder.grown().objects()).sum();
    boolean isExplained = mayGrow.size() == holders.size() || (foretold > 0 && explained >= foretold * NEARLY_ALL);
    return isExplained ? mayGrow.stream().map(holder -> reason(holder, declared)).findFirst() : Optional.empty();
  }

  /** Why what is held there may grow; empty where nothing says so. */
  private static String reason(Holder holder, List<String> declared) {
    if (holder.isSoft()) {
      return SOFTLY;
    }
    if (matches(holder.onThePath(), declared)) {
      return "held by a declared cache";
    }
    if (matches(holder.onThePath(), CACHES_OF_THE_JDK)) {
      return "held by the JDK's cache of connections, which lets them go after a while";
    }
    if (holder.onThePath().contains(CLEANER_OF_THE_JDK)) {
      return OF_THE_CLEANER;
    }
    return holder.path().contains(CONSTANTS_OF_A_CLASS)
        ? "constants of classes, which are made when code first runs"
        : "";
  }

  /**
   * The places where a good part of what the rounds foretold accumulates. What grew through all rounds lay there before the dumps
   * already: a place that was as good as empty is a class that was loaded meanwhile.
   */
  private static List<Holder> worthNaming(Growth growth, List<Holder> holders, int runs) {
    double objects = growth.objectsPerRun().slope() * runs * WORTH_NAMING;
    double bytes = growth.bytesPerRun().slope() * runs * WORTH_NAMING;
    return holders.stream()
        .filter(
            holder -> objects > 0
                ? isWorth(holder.grown().objects(), holder.before().objects(), objects)
                : bytes > 0 && isWorth(holder.grown().bytes(), holder.before().bytes(), bytes))
        .toList();
  }

  private static boolean isWorth(long grown, long before, double least) {
    return grown >= least && before >= grown * WORTH_NAMING;
  }

  static boolean matches(Set<String> names, List<String> patterns) {
    return patterns.stream().anyMatch(pattern -> pattern.endsWith(".*")
        ? names.stream().anyMatch(name -> name.startsWith(pattern.substring(0, pattern.length() - 1)))
        : names.contains(pattern));
  }

  private static Growth withHolders(Growth growth, List<Holder> holders) {
    return growth.withHolders(holders.stream().sorted(Comparator.comparing(Holder::isSoft)).map(Holder::path).distinct()
        .limit(MOST_HOLDERS).toList());
  }

  /** What grows by itself comes before what it holds; the program's own classes come before those of the JDK. */
  private static int rank(List<Holder> holders) {
    return holders.isEmpty() ? 2 : holders.get(0).isInside() ? 1 : 0;
  }

  private static int distance(Growth leak) {
    return leak.holders().isEmpty() ? Integer.MAX_VALUE : leak.holders().get(0).length();
  }

  private static boolean isOfTheJdk(Growth leak) {
    return leak.what().startsWith("java.") || leak.what().endsWith("[]");
  }

  private static Optional<String> excuseOfKind(Growth growth, List<Growth> leaks, List<Excused> excused) {
    for (Map.Entry<Kind, Set<String>> kind : WITNESSES.entrySet()) {
      if (kind.getKey().plural().equals(growth.what())
          && leaks.isEmpty()) {
        return excused.stream().filter(each -> kind.getValue().contains(each.growth().what())).map(Excused::reason)
            .filter(reason -> !reason.equals(OF_THE_CLEANER)).findFirst();
      }
    }
    return Optional.empty();
  }
}
