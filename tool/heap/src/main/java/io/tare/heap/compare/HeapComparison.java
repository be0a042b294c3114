package io.tare.heap.compare;

import io.tare.heap.HeapAnalysis;
import io.tare.heap.HeapOptions;
import io.tare.heap.HeapProgress;
import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.RootPaths;
import io.tare.heap.answers.RootPaths.Holder;
import io.tare.heap.answers.Summariser;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapDiff.ClassGrowth;
import io.tare.model.heap.HeapDiff.Growth;
import io.tare.model.heap.HeapDiff.HolderGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth;
import io.tare.model.heap.HeapDiff.SuspectGrowth.Pile;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.Suspect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Compares two dumps: by class, by place in the dominator tree, by suspect. */
public final class HeapComparison {
  private static final int MOST_PLACES = 30;

  private HeapComparison() {}

  /**
   * What has grown from the first to the second.
   *
   * @throws NotAHeapDump if one of them is something else
   */
  public static HeapDiff compare(Path before, Path after, HeapOptions options, HeapProgress progress)
      throws IOException, NotAHeapDump {
    HeapSummary first = HeapAnalysis.analyse(before, options, progress);
    return HeapAnalysis.<HeapDiff, RuntimeException>ask(after, options, progress, (view, storage, problems) -> {
      HeapSummary second = Summariser.summarise(view, storage, problems);
      List<PlaceTree.Place> places = PlaceTree.grown(first, second);
      return diff(first, second, inWords(places, view));
    });
  }

  private static HeapDiff diff(HeapSummary first, HeapSummary second, List<HolderGrowth> holders) {
    return new HeapDiff(first.dump(), second.dump(),
        new Growth(first.reached().objects(), second.reached().objects()),
        new Growth(first.reached().shallowBytes(), second.reached().shallowBytes()),
        Joined.classes(first.byClass(), second.byClass()), holders,
        Joined.suspects(first.suspects(), second.suspects()), notes(first, second));
  }

  private static List<HolderGrowth> inWords(List<PlaceTree.Place> places, HeapView view) {
    RootPaths paths = new RootPaths(view.graph(), view.reach(), view.reader());
    List<HolderGrowth> holders = new ArrayList<>();
    for (PlaceTree.Place place : places.subList(0, Math.min(MOST_PLACES, places.size()))) {
      int node = place.address() == 0 ? 0 : view.node(place.address());
      String heldBy = node == 0 || !view.reach().reached(node) ? "" : Holder.words(paths.to(node));
      holders.add(new HolderGrowth(place.way(), heldBy, place.piledUpClass(), place.objects(), place.retainedBytes()));
    }
    return holders;
  }

  private static List<String> notes(HeapSummary first, HeapSummary second) {
    List<String> notes = new ArrayList<>();
    if (second.dump().takenAt().isBefore(first.dump().takenAt())) {
      notes.add("the second dump is older than the first: what grows here shrank");
    }
    if (first.dump().truncated() || second.dump().truncated()) {
      notes.add("a dump is cut off: what is missing in it looks like growth or shrinking");
    }
    if (!first.dump().layout().equals(second.dump().layout())) {
      notes.add("the dumps are of JVMs that lay objects out differently: bytes change without any change of objects");
    }
    return notes;
  }
}

/** Lines of two dumps put side by side by their names. */
final class Joined {
  private static final HistogramLine NO_CLASS = new HistogramLine("", 0, 0, OptionalLong.of(0));

  private Joined() {}

  /** Classes that changed; biggest growth first. */
  static List<ClassGrowth> classes(List<HistogramLine> before, List<HistogramLine> after) {
    Map<String, HistogramLine> first = byName(before);
    Map<String, HistogramLine> second = byName(after);
    Set<String> names = new LinkedHashSet<>(second.keySet());
    names.addAll(first.keySet());
    List<ClassGrowth> classes = new ArrayList<>();
    for (String name : names) {
      ClassGrowth growth = growth(name, first.getOrDefault(name, NO_CLASS), second.getOrDefault(name, NO_CLASS));
      if (growth.delta() != 0 || growth.objects().delta() != 0) {
        classes.add(growth);
      }
    }
    classes.sort(Comparator.comparingLong(ClassGrowth::delta).reversed().thenComparing(ClassGrowth::name));
    return classes;
  }

  private static Map<String, HistogramLine> byName(List<HistogramLine> lines) {
    Map<String, HistogramLine> byName = new LinkedHashMap<>();
    lines.forEach(line -> byName.putIfAbsent(line.name(), line));
    return byName;
  }

  private static ClassGrowth growth(String name, HistogramLine before, HistogramLine after) {
    Optional<Growth> retained = before.retainedBytes().isPresent() && after.retainedBytes().isPresent()
        ? Optional.of(new Growth(before.retainedBytes().getAsLong(), after.retainedBytes().getAsLong()))
        : Optional.empty();
    return new ClassGrowth(name, new Growth(before.objects(), after.objects()),
        new Growth(before.shallowBytes(), after.shallowBytes()), retained);
  }

  /** All suspects of both, those that grew most or are new first. Two are the same if their place has the same name. */
  static List<SuspectGrowth> suspects(List<Suspect> before, List<Suspect> after) {
    Map<String, Suspect> first = byHolder(before);
    Map<String, Suspect> second = byHolder(after);
    Set<String> holders = new LinkedHashSet<>(second.keySet());
    holders.addAll(first.keySet());
    List<SuspectGrowth> suspects = new ArrayList<>();
    for (String holder : holders) {
      Optional<Suspect> old = Optional.ofNullable(first.get(holder));
      Optional<Suspect> now = Optional.ofNullable(second.get(holder));
      suspects.add(new SuspectGrowth(now.or(() -> old).orElseThrow().holder(),
          now.or(() -> old).orElseThrow().piledUpClass(), old.map(Joined::pile), now.map(Joined::pile)));
    }
    suspects.sort(Comparator.comparingLong((SuspectGrowth suspect) -> bytes(suspect.after()) - bytes(suspect.before()))
        .reversed().thenComparing(SuspectGrowth::holder));
    return suspects;
  }

  private static Pile pile(Suspect suspect) {
    return new Pile(suspect.piledUpObjects(), suspect.retainedBytes());
  }

  private static long bytes(Optional<Pile> pile) {
    return pile.map(Pile::retainedBytes).orElse(0L);
  }

  /** Long ways are cut in words, so several places may have one name: they are added up. */
  private static Map<String, Suspect> byHolder(List<Suspect> suspects) {
    Map<String, Suspect> byHolder = new LinkedHashMap<>();
    suspects.forEach(suspect -> byHolder.merge(
        suspect.path().isEmpty() ? suspect.holder() + suspect.piledUpClass() : suspect.holder(), suspect,
        Joined::together));
    return byHolder;
  }

  private static Suspect together(Suspect first, Suspect other) {
    return new Suspect(first.summary(), first.holder(), first.retainedBytes() + other.retainedBytes(),
        first.share() + other.share(), first.path(), first.piledUpClass(),
        first.piledUpObjects() + other.piledUpObjects(), first.piledUpBytes() + other.piledUpBytes(),
        first.otherWays());
  }
}
