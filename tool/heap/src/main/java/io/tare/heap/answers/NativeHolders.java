package io.tare.heap.answers;

import io.tare.heap.answers.HeapView.Reached;
import io.tare.model.heap.NativeBridge.NativeOwner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** The places that hold the most native bytes: the fields of the program on whose way buffers, mapped files and inflaters lie. */
final class NativeHolders {
  /** So many of a class are looked at, the biggest of those that are. */
  private static final int MOST_READ = 100_000;
  private static final int MOST_PATHS = 100;
  private static final int MOST_PLACES = 5;
  private static final String BUFFER = "java.nio.DirectByteBuffer";
  private static final Map<String, String> WITHOUT_BYTES = Map.of("java.util.zip.Inflater", "inflaters by holder",
      "java.util.zip.Deflater", "deflaters by holder");

  private final HeapView view;
  private final RootPaths paths;

  private record Held(int node, long bytes) {}

  NativeHolders(HeapView view) {
    this.view = view;
    this.paths = new RootPaths(view.graph(), view.reach(), view.reader());
  }

  /** By kind, the biggest place first. */
  List<NativeOwner> list() {
    List<NativeOwner> list = new ArrayList<>();
    Map<String, PriorityQueue<Held>> buffers = buffers();
    buffers.forEach((kind, held) -> list.addAll(places(kind, BUFFER, held)));
    new TreeMap<>(WITHOUT_BYTES).forEach((className, kind) -> {
      PriorityQueue<Held> held = biggest();
      Reached.each(view, heapClass -> heapClass.name().equals(className), node -> keep(held, new Held(node, 0)));
      list.addAll(places(kind, className, held));
    });
    return list;
  }

  /** Slices and views share the bytes of another buffer ({@code att}); those of mapped files know the file ({@code fd}). */
  private Map<String, PriorityQueue<Held>> buffers() {
    List<Integer> nodes = new ArrayList<>();
    Reached.each(view, heapClass -> heapClass.name().equals(BUFFER), node -> {
      if (nodes.size() < MOST_READ) {
        nodes.add(node);
      }
    });
    ObjectReader reader = view.reader();
    reader.prefetch(nodes.stream().map(view::address).toList());
    Map<String, PriorityQueue<Held>> byKind = new TreeMap<>();
    for (int node : nodes) {
      long address = view.address(node);
      boolean isOwner = reader.value(address, "att").orElse(0) == 0 && reader.value(address, "cleaner").orElse(0) != 0;
      long bytes = reader.value(address, "capacity").orElse(0);
      if (isOwner && bytes > 0) {
        String kind = reader.value(address, "fd").orElse(0) != 0
            ? "mapped files by holder"
            : "direct buffers by holder";
        keep(byKind.computeIfAbsent(kind, unseen -> biggest()), new Held(node, bytes));
      }
    }
    return byKind;
  }

  private static PriorityQueue<Held> biggest() {
    return new PriorityQueue<>(
        Comparator.comparingLong(Held::bytes).thenComparing(Comparator.comparingInt(Held::node).reversed()));
  }

  private static void keep(PriorityQueue<Held> held, Held one) {
    held.add(one);
    if (held.size() > MOST_PATHS) {
      held.remove();
    }
  }

  private List<NativeOwner> places(String kind, String className, PriorityQueue<Held> held) {
    Map<String, long[]> sums = new HashMap<>();
    for (Held one : held) {
      long[] sum = sums.computeIfAbsent(Causes.place(Headline.words(paths.to(one.node()))), unseen -> new long[2]);
      sum[0]++;
      sum[1] += one.bytes();
    }
    List<NativeOwner> places = new ArrayList<>();
    sums.forEach((place, sum) -> places.add(new NativeOwner(kind, className, sum[0], sum[1], "held by " + place)));
    places.sort(Comparator.comparingLong(NativeOwner::nativeBytes).thenComparingLong(NativeOwner::objects).reversed()
        .thenComparing(NativeOwner::details));
    return places.subList(0, Math.min(MOST_PLACES, places.size()));
  }
}
