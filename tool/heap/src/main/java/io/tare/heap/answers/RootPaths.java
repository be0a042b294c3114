package io.tare.heap.answers;

import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.answers.Threads.Frames;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.HeapGraph.RootSet;
import io.tare.heap.graph.Reach;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.Outline.Names;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.model.heap.PathStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** A shortest way to one object, and from it to another that it refers to. */
  List<PathStep> through(int from, int node) {
    List<PathStep> steps = new ArrayList<>(to(from));
    labels.prefetch(List.of(address(node)));
    steps.add(step(reference(from, node), node));
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
        String method = frames.place(graph.roots().threads().get(thread), local.root().frame());
        return local.root().kind().words() + (method.isEmpty() ? "" : " in " + method);
      }
    }
    return "";
  }

  /** The part of a path that a person would name: from the last static field or thread on. */
  public static final class Holder {
    private static final int MOST_STEPS = 8;

    private Holder() {}

    /** {@code static field io.x.Cache.ENTRIES → table}. */
    public static String words(List<PathStep> path) {
      int from = start(path);
      PathStep first = path.get(from);
      String start = from > 0 && first.reference().startsWith("static ")
          ? "static field " + path.get(from - 1).label() + "." + first.reference().substring("static ".length())
          : isThread(path, from)
              ? threadWords(path, from)
              : (from == 0 ? first.reference() + " " : "") + described(first);
      String rest = path.stream().skip(from + 1L).limit(MOST_STEPS)
          .map(PathStep::reference)
          .filter(reference -> !reference.isEmpty())
          .collect(Collectors.joining(" → "));
      return rest.isEmpty() ? start : start + " → " + rest;
    }

    /** Where the last static field or thread refers to something; 0 if there is neither. */
    static int start(List<PathStep> path) {
      for (int i = path.size() - 1; i > 0; i--) {
        if (path.get(i).reference().startsWith("static ") || isThread(path, i)) {
          return i;
        }
      }
      return 0;
    }

    private static boolean isThread(List<PathStep> path, int at) {
      return at > 0 && path.get(at - 1).reference().equals("thread");
    }

    private static String threadWords(List<PathStep> path, int at) {
      return "thread " + path.get(at - 1).label() + " " + path.get(at).reference();
    }

    private static String described(PathStep step) {
      return step.className() + (step.label().isEmpty() ? "" : " " + step.label());
    }
  }

  /** Says how one object refers to another: {@code table}, {@code [17]}, {@code static CACHE}. */
  public static final class ReferenceNames {
    private static final int LONGEST_SEARCH = 10_000_000;

    private final ObjectReader reader;
    private final Names names;

    public ReferenceNames(ObjectReader reader, Names names) {
      this.reader = reader;
      this.names = names;
    }

    /** Empty if the first does not refer to the second by a field or an element. */
    public String of(ObjectRecord from, long toId) {
      return switch (from) {
        case ObjectRecord.Instance instance -> field(instance, toId);
        case ObjectRecord.Array array -> element(array, toId);
        case ObjectRecord.Mirror mirror -> ofClass(mirror, toId);
      };
    }

    private String field(ObjectRecord.Instance instance, long toId) {
      for (FieldAt field : instance.heapClass().fields()) {
        if (field.type() == BasicType.OBJECT && reader.value(instance, field).orElse(0) == toId) {
          return field.name();
        }
      }
      return instance.heapClass().id() == toId ? "class" : "";
    }

    private String element(ObjectRecord.Array array, long toId) {
      int count = array.type() == BasicType.OBJECT ? Math.min(array.count(), LONGEST_SEARCH) : 0;
      for (int i = 0; i < count; i++) {
        if (reader.element(array, i).orElse(0) == toId) {
          return "[" + i + "]";
        }
      }
      return array.heapClass().id() == toId ? "class" : "";
    }

    private String ofClass(ObjectRecord.Mirror mirror, long toId) {
      ClassDump dump = mirror.dump();
      for (ClassDump.StaticField field : dump.statics()) {
        if (field.type() == BasicType.OBJECT && field.value() == toId) {
          return "static " + names.get(field.nameId());
        }
      }
      if (dump.loaderId() == toId) {
        return "class loader";
      }
      if (dump.superId() == toId) {
        return "super class";
      }
      return dump.protectionDomainId() == toId
          ? "protection domain"
          : dump.signersId() == toId ? "signers" : "constant";
    }
  }
}
