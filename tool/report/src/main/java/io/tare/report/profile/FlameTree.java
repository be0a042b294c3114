package io.tare.report.profile;

import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stacks put together from their outermost function on: what a flame graph draws. */
final class FlameTree {
  /** A stack may be as deep as a hostile file likes. */
  static final int DEEPEST = 512;

  final String function;
  final int depth;
  /** What is counted for the stacks that come through here. */
  private long value;
  /** Their width: the sum of what is counted whatever its sign, so that growth and shrinking don't hide each other. */
  private long width;
  private final Map<String, FlameTree> called = new LinkedHashMap<>();

  private FlameTree(String function, int depth) {
    this.function = function;
    this.depth = depth;
  }

  static FlameTree of(Profile profile, int type) {
    FlameTree root = new FlameTree("", 0);
    for (Sample sample : profile.samples()) {
      long counted = sample.values().get(type);
      if (counted != 0) {
        root.add(sample.frames().reversed(), counted);
      }
    }
    return root;
  }

  private void add(List<Frame> frames, long counted) {
    FlameTree at = this;
    at.count(counted);
    for (Frame frame : frames.subList(0, Math.min(frames.size(), DEEPEST))) {
      int below = at.depth + 1;
      at = at.called.computeIfAbsent(frame.function(), name -> new FlameTree(name, below));
      at.count(counted);
    }
  }

  private void count(long counted) {
    value += counted;
    width += Math.abs(counted);
  }

  long value() {
    return value;
  }

  long width() {
    return width;
  }

  int size() {
    return below(0).size();
  }

  /** This and the widest below it, at most so many; each before what it calls, the widest first. */
  List<FlameTree> widest(int most) {
    List<FlameTree> all = below(0);
    if (all.size() <= most) {
      return all;
    }
    long least = all.stream().map(FlameTree::width).sorted(Comparator.reverseOrder()).skip(most).findFirst()
        .orElseThrow();
    return below(least);
  }

  /** What is wider than that; nothing is wider than what calls it. */
  private List<FlameTree> below(long narrow) {
    List<FlameTree> found = new ArrayList<>();
    Deque<FlameTree> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      FlameTree at = open.pop();
      found.add(at);
      List<FlameTree> wide = at.called.values().stream().filter(one -> one.width > narrow)
          .sorted(Comparator.comparingLong(FlameTree::width)
              .thenComparing(one -> one.function, Comparator.reverseOrder()))
          .toList();
      wide.forEach(open::push);
    }
    return found;
  }
}
