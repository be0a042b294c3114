package io.tare.history.live;

import io.tare.capture.CaptureException;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.MemoryWalk;
import io.tare.capture.Progress;
import io.tare.capture.memory.hotspot.census.HeapCensus;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.memory.AllocationsText;
import io.tare.formats.memory.TypeCensusText;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.history.Counting;
import io.tare.model.history.Counting.Count;
import io.tare.model.history.Counting.Kind;
import io.tare.model.profile.Allocations;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Truth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts a live process's objects by class, type or function, and keeps the heaviest names. It is paid for: of one processor it takes at
 * most {@link #SHARE} in the long run, and where one count costs more than that, the next one comes later.
 */
public final class ObjectCounter {
  static final double SHARE = 0.01;
  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final CaptureOptions OPTIONS = CaptureOptions.PASSIVE.within(LIMIT);
  private static final int MOST_NAMES = 200;
  private static final int LONGEST_NAME = 500;
  private static final int MOST_FAILURES = 3;

  private final Duration every;
  private long nextMillis;
  private int failures;

  /** @param every zero for never */
  ObjectCounter(Duration every) {
    this.every = every;
  }

  /** What fails again and again is not tried for ever: a program of another kind, one that may not be read. */
  boolean isDue(long nowMillis) {
    return !every.isZero() && failures < MOST_FAILURES && nowMillis >= nextMillis;
  }

  void took(long nowMillis, long costNanos, boolean hasCome) {
    failures = hasCome ? 0 : failures + 1;
    nextMillis = nowMillis + Math.max(every.toMillis(), (long) (costNanos / SHARE / 1e6));
  }

  /** Whether counting this process was given up. */
  boolean hasGivenUp() {
    return failures == MOST_FAILURES;
  }

  /** On the caller's thread. Empty when there was nothing to count, or when it changed faster than it was counted. */
  static Optional<Counting> count(long pid, long atMillis) {
    long began = Clocks.threadNanos();
    try {
      Capture capture = new Capturer(List.of(MemoryWalk.PROFILE, MemoryWalk.census(HeapCensus.Options.DEFAULT)))
          .read(pid, OPTIONS, Progress.NONE);
      return of(capture, atMillis).map(counting -> new Counting(counting.epochMillis(), counting.kind(),
          counting.counts(), counting.leftOutBytes(), (Clocks.threadNanos() - began) / 1000));
    } catch (CaptureException unreadable) {
      return Optional.empty();
    }
  }

  /** What a capture counts. Empty when nothing was counted for it, or when it changed faster than it was counted. */
  public static Optional<Counting> of(Capture capture, long atMillis) {
    Optional<Artifact> profile = capture.artifact(ArtifactNames.GO_PROFILE).filter(Artifact::hasContent);
    Optional<Artifact> census = capture.artifact(ArtifactNames.CENSUS).filter(Artifact::hasContent);
    try {
      Optional<Counted> counted = profile.isPresent()
          ? functions(
              AllocationsText.parse(ArtifactNames.GO_PROFILE, profile.get().text(), ParseLimits.DEFAULT).value())
          : census.isPresent()
              ? TypeCensusText.parse(ArtifactNames.CENSUS, census.get().text(), ParseLimits.DEFAULT).value()
                  .filter(taken -> taken.truth() != Truth.TORN).map(ObjectCounter::types)
              : Optional.empty();
      return counted.map(found -> heaviest(found, atMillis, 0));
    } catch (NotThisFormat unreadable) {
      return Optional.empty();
    }
  }

  private record Counted(Kind kind, List<Count> counts) {}

  private static Counted types(TypeCensus census) {
    return new Counted(census.runtime().equals("hotspot") ? Kind.CLASS : Kind.TYPE, census.types().stream()
        .map(type -> new Count(
            type.module().isEmpty() || type.module().equals("builtins")
                ? type.name()
                : type.module() + "." + type.name(),
            type.objects(), type.bytes()))
        .toList());
  }

  /** In use by the function of the program itself that is next to the allocation; where goroutines wait. */
  private static Optional<Counted> functions(Allocations allocations) {
    Map<String, long[]> sums = new HashMap<>();
    allocations.heap().ifPresent(heap -> {
      int objects = heap.indexOf("inuse_objects").orElseThrow();
      int bytes = heap.indexOf("inuse_space").orElseThrow();
      for (Sample sample : heap.samples()) {
        long[] sum = sums.computeIfAbsent(ownFunction(sample.frames()), added -> new long[2]);
        sum[0] += sample.values().get(objects);
        sum[1] += sample.values().get(bytes);
      }
    });
    for (GoroutineGroup group : allocations.goroutines()) {
      if (!group.isRuntimes()) {
        String made = group.creator().isEmpty() ? "" : ", made by " + group.creator();
        sums.computeIfAbsent("goroutines in " + group.function() + made, added -> new long[2])[0] += group.count();
      }
    }
    List<Count> counts = new ArrayList<>();
    sums.forEach((name, sum) -> counts.add(new Count(name, sum[0], sum[1])));
    return counts.isEmpty() ? Optional.empty() : Optional.of(new Counted(Kind.FUNCTION, counts));
  }

  /** The standard library's packages have no dot in the first part of their path, and {@code main} is the program's own. */
  static String ownFunction(List<Frame> frames) {
    for (Frame frame : frames) {
      String function = frame.function();
      int slash = function.indexOf('/');
      if (function.startsWith("main.") || (slash > 0 && function.substring(0, slash).contains("."))) {
        return function;
      }
    }
    return frames.isEmpty() ? "" : frames.getFirst().function();
  }

  /** Goroutines, which have no bytes of their own here, are kept besides. */
  private static Counting heaviest(Counted counted, long atMillis, long costMicros) {
    List<Count> sorted = new ArrayList<>();
    counted.counts().forEach(count -> sorted.add(count.name().length() <= LONGEST_NAME
        ? count
        : new Count(count.name().substring(0, LONGEST_NAME), count.objects(), count.bytes())));
    sorted.sort(Comparator.comparingLong(Count::bytes).thenComparingLong(Count::objects).reversed()
        .thenComparing(Count::name));
    List<Count> kept = new ArrayList<>(sorted.stream().filter(count -> count.bytes() > 0).limit(MOST_NAMES).toList());
    long leftOut = sorted.stream().filter(count -> count.bytes() > 0).skip(MOST_NAMES).mapToLong(Count::bytes).max()
        .orElse(0);
    sorted.stream().filter(count -> count.bytes() == 0 && count.objects() > 0).limit(MOST_NAMES).forEach(kept::add);
    return new Counting(atMillis, counted.kind(), kept, leftOut, costMicros);
  }
}
