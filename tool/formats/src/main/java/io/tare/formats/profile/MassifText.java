package io.tare.formats.profile;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What valgrind's massif writes: in the heaviest of its trees, who holds how much of the heap. A line of it, of
 * valgrind 3.19: {@code  n1: 218701 0x1091B2: load (orders.c:5)}, below it what calls that, one blank further in.
 */
public final class MassifText {
  private static final Pattern NODE = Pattern.compile("( *)n(\\d{1,9}): (\\d{1,18}) (.*)");
  private static final Pattern PLACE = Pattern.compile("0x[0-9A-Fa-f]+: (.*) \\((?:in )?([^()]*?)(?::(\\d{1,9}))?\\)");
  private static final int DEEPEST = 512;

  private MassifText() {}

  public static Parsed<Profile> parse(String artifact, String text, ParseLimits limits) throws NotThisFormat {
    if (!text.startsWith("desc:") || !text.contains("snapshot=")) {
      throw new NotThisFormat(artifact + " is not what massif writes");
    }
    ProblemList problems = new ProblemList(artifact, limits);
    List<Node> tree = List.of();
    List<Node> open = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.startsWith("heap_tree=")) {
        open = new ArrayList<>();
        continue;
      }
      Matcher node = NODE.matcher(line);
      if (node.matches() && open.size() < limits.items()) {
        open.add(new Node(node.group(1).length(), Long.parseLong(node.group(3)), place(node.group(4))));
        tree = tree.isEmpty() || open.getFirst().bytes() >= tree.getFirst().bytes() ? open : tree;
      } else if (line.matches(" *n\\d+:.*")) {
        problems.add("line " + number, "expected 'n<count>: <bytes> <place>'");
      }
    }
    if (tree.isEmpty()) {
      throw new NotThisFormat(artifact + " has no tree of who allocated what: it was written before the first one");
    }
    return new Parsed<>(new Profile(List.of(new ValueType("inuse_space", "bytes")), samples(tree)), problems.toList());
  }

  private record Node(int depth, long bytes, Frame frame) {}

  private static Frame place(String words) {
    Matcher place = PLACE.matcher(words);
    return place.matches()
        ? new Frame(place.group(1), place.group(2), place.group(3) == null ? 0 : Long.parseLong(place.group(3)))
        : new Frame(words, "", 0);
  }

  /** What a node has beyond those below it is its own. The first node is all of the heap, and no place. */
  private static List<Sample> samples(List<Node> tree) {
    List<Sample> samples = new ArrayList<>();
    List<Node> path = new ArrayList<>();
    for (int i = 0; i < tree.size(); i++) {
      Node node = tree.get(i);
      while (!path.isEmpty() && path.getLast().depth() >= node.depth()) {
        path.removeLast();
      }
      path.add(node);
      long own = node.bytes();
      for (int below = i + 1; below < tree.size() && tree.get(below).depth() > node.depth()
          && own > 0; below++) {
        own -= tree.get(below).depth() == node.depth() + 1 ? tree.get(below).bytes() : 0;
      }
      if (own > 0) {
        List<Frame> frames = path.stream().skip(1).limit(DEEPEST).map(Node::frame).toList();
        samples.add(new Sample(frames.isEmpty() ? List.of(new Frame("not told", "", 0)) : frames, List.of(own)));
      }
    }
    return samples;
  }
}
