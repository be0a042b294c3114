package io.tare.heap.answers;

import io.tare.heap.answers.HeapView.Reached;
import io.tare.heap.answers.RootPaths.Holder;
import io.tare.heap.index.HeapClass;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Suspect;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds where much of the heap piles up.
 *
 * <p>A suspect is an object that holds much and passes on little of it to any single big object below it. A chain of objects of
 * the same classes, such as a linked list, passes nearly all on at every step; it counts as one pile at its first.
 */
final class Suspects {
  private static final double LEAST_SHARE = 0.1;
  private static final int MOST = 10;
  private static final int MOST_WAYS = 5;
  /** So many steps down through few classes are a list. */
  private static final int LIST_STEPS = 12;
  /** More than any bucket of a hash table has. */
  private static final int LONGEST_CHAIN = 100;
  private static final String THREAD_LOCAL = "java.lang.ThreadLocal$ThreadLocalMap$Entry";

  private final HeapView view;
  private final DominatorForest forest;
  private final RootPaths paths;
  private final long total;
  private final long threshold;

  /** Where things pile up, and what they are. */
  private record Pile(int holder, HeapClass heapClass, long objects, long bytes) {}

  Suspects(HeapView view, DominatorForest forest) {
    this.view = view;
    this.forest = forest;
    this.paths = new RootPaths(view.graph(), view.reach(), view.reader());
    this.total = Math.max(1, view.retainedBytes(0));
    this.threshold = (long) (total * LEAST_SHARE);
  }

  List<Suspect> find() {
    List<Pile> piles = new ArrayList<>();
    List<Integer> open = new ArrayList<>(List.of(0));
    while (!open.isEmpty()) {
      int node = open.removeLast();
      List<Integer> big = forest.children(node).stream().filter(child -> view.retainedBytes(child) >= threshold)
          .toList();
      long passedOn = big.stream().mapToLong(view::retainedBytes).sum();
      Optional<Pile> list = node == 0 ? Optional.empty() : list(node);
      if (list.isPresent()) {
        piles.add(list.get());
        continue;
      }
      if (view.retainedBytes(node) - passedOn >= threshold) {
        pile(node).ifPresent(piles::add);
      }
      open.addAll(big);
    }
    piles.sort(Comparator.comparingLong(Pile::bytes).reversed().thenComparingInt(Pile::holder));
    List<Pile> most = piles.stream().limit(MOST).toList();
    Map<Integer, Integer> shared = new HashMap<>();
    most.stream().map(Pile::holder).filter(holder -> holder != 0)
        .forEach(holder -> shared.put(holder, SharedHolders.sharedOnTheWay(view, holder)));
    SharedHolders holders = SharedHolders.of(view, shared.values().stream().filter(node -> node != 0).toList());
    return Causes.merged(most.stream()
        .map(pile -> new Found(pile.holder(), suspect(pile, otherWays(shared.getOrDefault(pile.holder(), 0), holders))))
        .toList(), this::isBelow, total);
  }

  private boolean isBelow(int node, int holder) {
    int at = node;
    while (at != 0 && at != holder) {
      at = above(at);
    }
    return at == holder && holder != 0;
  }

  /** @param holder 0 if the roots only hold it together */
  record Found(int holder, Suspect suspect) {}

  /** What lies below this object outside its very big children, by class. */
  private Optional<Pile> pile(int node) {
    Map<HeapClass, long[]> sums = new HashMap<>();
    for (int child : forest.children(node)) {
      if (view.retainedBytes(child) < threshold) {
        add(sums, view.classOf(child), 1, view.retainedBytes(child));
      }
    }
    forest.groups(node).forEach(group -> add(sums, group.heapClass(), group.objects(), group.retainedBytes()));
    Comparator<Map.Entry<HeapClass, long[]>> byBytes = Comparator.comparingLong(entry -> entry.getValue()[1]);
    Optional<Map.Entry<HeapClass, long[]>> most = sums.entrySet().stream()
        .max(byBytes.thenComparingInt(entry -> -entry.getKey().number()));
    if (node == 0) {
      // Nothing holds these together but that they are of one class. In a small heap the classes themselves are most of it: no suspect.
      return most.filter(entry -> entry.getValue()[1] >= threshold && !entry.getKey().name().equals("java.lang.Class"))
          .map(entry -> new Pile(0, entry.getKey(), entry.getValue()[0], entry.getValue()[1]));
    }
    HeapClass own = view.classOf(node);
    long bytes = view.retainedBytes(node);
    return Optional.of(most.map(entry -> new Pile(node, entry.getKey(), entry.getValue()[0], bytes))
        .orElse(new Pile(node, own, 1, bytes)));
  }

  private static void add(Map<HeapClass, long[]> sums, HeapClass heapClass, long objects, long bytes) {
    long[] sum = sums.computeIfAbsent(heapClass, key -> new long[2]);
    sum[0] += objects;
    sum[1] += bytes;
  }

  /** A long way down where the same few classes come again and again. */
  private Optional<Pile> list(int node) {
    Map<HeapClass, Integer> seen = new HashMap<>();
    int at = node;
    for (int step = 0; step < LIST_STEPS; step++) {
      List<Integer> below = forest.children(at);
      if (below.isEmpty()) {
        return Optional.empty();
      }
      at = below.getFirst();
      seen.merge(view.classOf(at), 1, Integer::sum);
    }
    Map.Entry<HeapClass, Integer> most = seen.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    HeapClass link = most.getKey();
    boolean repeats = most.getValue() >= LIST_STEPS / 3 && seen.size() <= 3;
    boolean startsHere = isOf(link, node) && !isOf(link, above(node)) && !isOf(link, above(above(node)));
    return repeats && startsHere ? Optional.of(listed(node, link)) : Optional.empty();
  }

  private boolean isOf(HeapClass link, int node) {
    return node != 0 && view.classOf(node).number() == link.number();
  }

  private int above(int node) {
    return node == 0 ? 0 : view.tree().dominator(node);
  }

  private Pile listed(int node, HeapClass link) {
    long objects = 0;
    for (int other = 1; other <= view.graph().objects(); other++) {
      objects += isOf(link, other) && view.reach().reached(other) ? 1 : 0;
    }
    return new Pile(node, link, objects, view.retainedBytes(node));
  }

  /** The ways that would keep the pile if the one that is shown were cut; none if that one holds it alone. */
  private List<List<PathStep>> otherWays(int node, SharedHolders holders) {
    return node == 0
        ? List.of()
        : holders.of(node).stream().skip(1).limit(MOST_WAYS).map(from -> paths.through(from, node)).toList();
  }

  private Suspect suspect(Pile pile, List<List<PathStep>> otherWays) {
    double share = (double) pile.bytes() / total;
    long objects = pile.holder() == 0 ? pile.objects() : together(pile);
    String what = count(objects) + " × " + pile.heapClass().name();
    if (pile.holder() == 0) {
      String summary = what + " that nothing holds together keep " + percent(share) + " of the heap";
      return new Suspect(summary, "the roots", pile.bytes(), share, List.of(), pile.heapClass().name(), pile.objects(),
          pile.bytes(), List.of());
    }
    List<PathStep> path = paths.to(pile.holder());
    String holder = Headline.words(path) + threadLocal(path);
    List<Suspect.OtherWay> others = otherWays.stream()
        .map(way -> new Suspect.OtherWay(Headline.words(way) + threadLocal(way), way)).toList();
    String summary = others.isEmpty()
        ? holder + " keeps " + percent(share) + " of the heap: " + what
        : holder + " and " + others.stream().map(Suspect.OtherWay::holder).collect(Collectors.joining(" and "))
            + " each keep " + percent(share) + " of the heap: " + what + "; clearing only one of them frees nothing";
    long piledUp = Math.min(pile.bytes(), pile.bytes() - view.graph().shapes().shallowBytes(pile.holder()));
    return new Suspect(summary, holder, pile.bytes(), share, path, pile.heapClass().name(), objects, piledUp,
        others);
  }

  /** Whose value it is: a thread's table has many, and the way to one says only where in the table it stands. */
  private String threadLocal(List<PathStep> path) {
    for (PathStep step : path) {
      if (step.className().equals(THREAD_LOCAL)) {
        int owner = view.node(view.reader().value(step.address(), "referent").orElse(0));
        return owner == 0 || !view.reach().reached(owner)
            ? ", of a ThreadLocal that nobody has any more"
            : ", of the ThreadLocal in " + Holder.words(paths.to(owner));
      }
    }
    return "";
  }

  /** With those that hang on others of their class, as the entries of a full map do: the holder refers to the first of each chain. */
  private long together(Pile pile) {
    BitSet ofClass = new BitSet(view.graph().objects() + 1);
    Reached.each(view, heapClass -> heapClass.number() == pile.heapClass().number(), ofClass::set);
    long objects = 0;
    for (int node = ofClass.nextSetBit(0); node >= 0; node = ofClass.nextSetBit(node + 1)) {
      objects += chainStart(node, pile.holder(), ofClass) == pile.holder() ? 1 : 0;
    }
    return Math.max(objects, pile.objects());
  }

  /** What holds the first of a chain of objects of one class; a holder that is of this class itself, as the root of a tree is, ends it. */
  private int chainStart(int node, int holder, BitSet ofClass) {
    int at = above(node);
    for (int step = 0; step < LONGEST_CHAIN && at != holder && ofClass.get(at); step++) {
      at = above(at);
    }
    return at;
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
