package io.tare.heap.compare;

import io.tare.heap.HeapAnalysis;
import io.tare.heap.HeapOptions;
import io.tare.heap.HeapProgress;
import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Holder;
import io.tare.heap.answers.RootPaths;
import io.tare.heap.answers.Summariser;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.model.heap.Growth;
import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HolderGrowth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
