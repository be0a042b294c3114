package io.tare.heap.compare;

import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.HeapDiff.Growth;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapThread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The dominator trees of two dumps laid over each other. Addresses differ between dumps, so places are known by the classes on
 * the way to them; classes and threads by their names too. A row of objects of one class, such as a linked list, is one place.
 */
final class PlaceTree {
  private static final int DEEPEST = 200;
  /** A place that has so much of its parent's growth below one child is no end of the way. */
  private static final double PASSED_ON = 0.8;
  private static final double LEAST_SHARE = 0.01;

  private final String name;
  private final Map<String, PlaceTree> children = new TreeMap<>();
  private final long[] objects = new long[2];
  private final long[] retained = new long[2];
  private int entries;
  private long address;
  private long biggest;

  private PlaceTree(String name) {
    this.name = name;
  }

  /** A place where something grew; {@code address} is of its biggest object in the second dump, 0 if there is no single one. */
  record Place(List<String> way, long address, String piledUpClass, Growth objects, Growth retainedBytes) {}

  /** The ends of the ways along which the heap has grown, biggest growth first. */
  static List<Place> grown(HeapSummary before, HeapSummary after) {
    PlaceTree root = new PlaceTree("");
    root.lay(before.dominators(), new Snapshot(0, threads(before)), 0);
    root.lay(after.dominators(), new Snapshot(1, threads(after)), 0);
    long total = Math.max(1, Math.max(before.reached().shallowBytes(), after.reached().shallowBytes()));
    List<Place> places = new ArrayList<>();
    root.collect(List.of(), (long) Math.max(1, total * LEAST_SHARE), places);
    places.sort(Comparator.comparingLong((Place place) -> place.retainedBytes().delta()).reversed()
        .thenComparing(place -> String.join(" ", place.way())));
    return places;
  }

  private record Snapshot(int number, Set<Long> threads) {}

  private static Set<Long> threads(HeapSummary summary) {
    return summary.threads().stream().map(HeapThread::address).collect(Collectors.toSet());
  }

  private void lay(List<DominatorNode> nodes, Snapshot side, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    for (DominatorNode node : nodes) {
      String key = key(node, side);
      boolean sameRow = key.equals(name);
      PlaceTree place = sameRow ? this : children.computeIfAbsent(key, PlaceTree::new);
      place.objects[side.number()] += node.objects();
      if (!sameRow) {
        place.retained[side.number()] += node.retainedBytes();
        place.entries += side.number() == 1 && node.address() != 0 ? 1 : 0;
      }
      if (side.number() == 1 && !sameRow && node.address() != 0 && node.retainedBytes() > place.biggest) {
        place.address = node.address();
        place.biggest = node.retainedBytes();
      }
      place.lay(node.children(), side, depth + 1);
    }
  }

  private static String key(DominatorNode node, Snapshot side) {
    boolean named = node.className().equals("java.lang.Class") || side.threads().contains(node.address());
    return named && !node.label().isEmpty() ? node.className() + " " + node.label() : node.className();
  }

  private void collect(List<String> way, long least, List<Place> places) {
    for (PlaceTree child : children.values()) {
      long growth = child.delta();
      if (growth >= least) {
        List<String> longer = new ArrayList<>(way);
        longer.add(child.name);
        child.end(longer, growth, least, places);
      }
    }
  }

  /** The growth is here, unless nearly all of it is below single objects further down. */
  private void end(List<String> way, long growth, long least, List<Place> places) {
    long passedOn = children.values().stream().filter(PlaceTree::isSingle).mapToLong(PlaceTree::delta)
        .filter(delta -> delta >= least).sum();
    if (passedOn >= growth * PASSED_ON) {
      collect(way, least, places);
      return;
    }
    PlaceTree most = isRow()
        ? this
        : children.values().stream().filter(child -> child.delta() > 0)
            .max(Comparator.comparingLong(PlaceTree::delta)).orElse(this);
    places.add(new Place(way, address, most.name, new Growth(most.objects[0], most.objects[1]),
        new Growth(retained[0], retained[1])));
  }

  /** One object, or one row of objects, and not many side by side. */
  private boolean isSingle() {
    return entries == 1;
  }

  private boolean isRow() {
    return isSingle() && objects[1] > 1;
  }

  private long delta() {
    return retained[1] - retained[0];
  }
}
