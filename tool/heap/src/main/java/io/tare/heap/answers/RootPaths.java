package io.tare.heap.answers;

import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.graph.RootSet;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.Root;
import io.tare.model.heap.PathStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A shortest way from a root to an object, in words. */
public final class RootPaths {
  /** A list of a million nodes is shown by its start and its end. */
  private static final int LONGEST_HALF = 40;

  private final HeapGraph graph;
  private final Reach reach;
  private final ObjectReader reader;
  private final Labels labels;
  private final ReferenceNames references;
  private final Frames frames;

  public RootPaths(HeapGraph graph, Reach reach, ObjectReader reader) {
    this.graph = graph;
    this.reach = reach;
    this.reader = reader;
    this.labels = new Labels(reader);
    Outline outline = graph.index().outline();
    this.references = new ReferenceNames(reader, outline.names());
    this.frames = new Frames(outline);
  }

  public List<PathStep> to(int node) {
    List<Integer> nodes = new ArrayList<>();
    for (int at = node; at != 0; at = reach.parent(at)) {
      nodes.add(at);
    }
    Collections.reverse(nodes);
    List<Integer> shown = nodes.size() <= 2 * LONGEST_HALF ? nodes : ends(nodes);
    labels.prefetch(shown.stream().map(this::address).toList());
    List<PathStep> steps = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      boolean gap = i == LONGEST_HALF && shown.size() < nodes.size();
      String left = "… " + (nodes.size() - shown.size()) + " more …";
      steps.add(
          step(i == 0 ? root(shown.get(0)) : gap ? left : reference(shown.get(i - 1), shown.get(i)), shown.get(i)));
    }
    return steps;
  }

  private static List<Integer> ends(List<Integer> nodes) {
    List<Integer> ends = new ArrayList<>(nodes.subList(0, LONGEST_HALF));
    ends.addAll(nodes.subList(nodes.size() - LONGEST_HALF, nodes.size()));
    return ends;
  }

  private PathStep step(String reference, int node) {
    String className = graph.index().classes().get(graph.shapes().classOf(node)).name();
    return new PathStep(reference, address(node), className, labels.of(address(node)));
  }

  private long address(int node) {
    return graph.index().objects().idOf(node);
  }

  private String root(int node) {
    Root root = graph.roots().roots().get(node);
    return root == null ? Root.Kind.UNKNOWN.words() : root.kind().words();
  }

  private String reference(int from, int to) {
    Optional<ObjectRecord> record = reader.find(address(from));
    String field = record.map(known -> references.of(known, address(to))).orElse("");
    return field.isEmpty() ? local(from, to) : field;
  }

  private String local(int thread, int to) {
    for (RootSet.Local local : graph.roots().locals().getOrDefault(thread, List.of())) {
      if (local.node() == to) {
        String method = frames.method(graph.roots().threads().get(thread), local.root().frame());
        return local.root().kind().words() + (method.isEmpty() ? "" : " in " + method);
      }
    }
    return "";
  }
}
