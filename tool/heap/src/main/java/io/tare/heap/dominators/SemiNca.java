package io.tare.heap.dominators;

import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.Storage;
import java.util.Arrays;

/**
 * Immediate dominators by the semi-NCA algorithm (Georgiadis): depth-first numbers, semidominators by path compression, then the
 * nearest common ancestor. No recursion; all arrays by depth-first number.
 */
final class SemiNca {
  private final Storage storage;
  private final FlowGraph graph;
  private final Ints numbers;
  private final Ints nodes;
  private final Ints parents;
  private int count;

  private SemiNca(FlowGraph graph, Storage storage) {
    this.storage = storage;
    this.graph = graph;
    this.numbers = new Ints(storage, graph.nodes());
    this.nodes = new Ints(storage, graph.nodes());
    this.parents = new Ints(storage, graph.nodes());
  }

  /** The dominator of every node that the entry reaches; the entry's own and those of unreached nodes are 0. Closes the graph. */
  static Ints dominators(FlowGraph graph, Storage storage) {
    SemiNca search = new SemiNca(graph, storage);
    search.number();
    return search.solve();
  }

  private void number() {
    int[] stack = new int[1024];
    int[] cursors = new int[1024];
    int depth = 1;
    cursors[0] = graph.start(0);
    nodes.set(0, 0);
    count = 1;
    while (depth > 0) {
      int number = stack[depth - 1];
      int cursor = cursors[depth - 1]++;
      if (cursor >= graph.end(nodes.get(number))) {
        depth--;
        continue;
      }
      int next = graph.successor(cursor);
      if (next != 0 && numbers.get(next) == 0) {
        if (depth == stack.length) {
          stack = Arrays.copyOf(stack, depth * 2);
          cursors = Arrays.copyOf(cursors, depth * 2);
        }
        numbers.set(next, count);
        nodes.set(count, next);
        parents.set(count, number);
        stack[depth] = count++;
        cursors[depth++] = graph.start(next);
      }
    }
  }

  private Ints solve() {
    try (Ints starts = new Ints(storage, count + 2L); Ints predecessors = predecessors(starts)) {
      graph.close();
      numbers.close();
      Ints dominators = semidominators(starts, predecessors);
      for (int w = 1; w < count; w++) {
        int semi = dominators.get(w);
        int dominator = parents.get(w);
        while (dominator > semi) {
          dominator = dominators.get(dominator);
        }
        dominators.set(w, dominator);
      }
      return byNode(dominators);
    }
  }

  /** All but those along the depth-first tree. */
  private Ints predecessors(Ints starts) {
    eachOther((from, to) -> starts.add(to + 2L, 1));
    for (long i = 2; i < starts.length(); i++) {
      starts.add(i, starts.get(i - 1));
    }
    Ints predecessors = new Ints(storage, starts.get(starts.length() - 1));
    eachOther((from, to) -> {
      int at = starts.get(to + 1L);
      predecessors.set(at, from);
      starts.set(to + 1L, at + 1);
    });
    return predecessors;
  }

  private interface Edge {
    void accept(int from, int to);
  }

  /** In the order of the graph, which is that of its memory. */
  private void eachOther(Edge edge) {
    for (int node = 0; node < graph.nodes(); node++) {
      int from = numbers.get(node);
      if (from == 0 && node != 0) {
        continue;
      }
      for (int at = graph.start(node), end = graph.end(node); at < end; at++) {
        int to = numbers.get(graph.successor(at));
        if (parents.get(to) != from) {
          edge.accept(from, to);
        }
      }
    }
  }

  private Ints semidominators(Ints starts, Ints predecessors) {
    Ints semi = new Ints(storage, count);
    try (Ints labels = new Ints(storage, count); Ints ancestors = new Ints(storage, count)) {
      for (int i = 0; i < count; i++) {
        labels.set(i, i);
        ancestors.set(i, parents.get(i));
      }
      Compression compression = new Compression(labels, ancestors);
      for (int w = count - 1; w > 0; w--) {
        int least = parents.get(w);
        for (int at = starts.get(w), end = starts.get(w + 1L); at < end; at++) {
          least = Math.min(least, compression.label(predecessors.get(at), w));
        }
        semi.set(w, least);
        labels.set(w, least);
      }
    }
    return semi;
  }

  private Ints byNode(Ints dominators) {
    Ints byNode = parents;
    for (int i = 0; i < count; i++) {
      dominators.set(i, nodes.get(dominators.get(i)));
    }
    byNode.fill(0);
    for (int i = 1; i < count; i++) {
      byNode.set(nodes.get(i), dominators.get(i));
    }
    dominators.close();
    nodes.close();
    return byNode;
  }

  /** The smallest label on the way up a linked tree, with the way shortened for the next time. */
  private static final class Compression {
    private final Ints labels;
    private final Ints ancestors;
    private int[] path = new int[1024];

    Compression(Ints labels, Ints ancestors) {
      this.labels = labels;
      this.ancestors = ancestors;
    }

    /** Nodes numbered above {@code linkedAbove} are linked to their parents. */
    int label(int node, int linkedAbove) {
      if (node <= linkedAbove) {
        return node;
      }
      int depth = 0;
      int at = node;
      for (int up = ancestors.get(at); up > linkedAbove; up = ancestors.get(at)) {
        if (depth == path.length) {
          path = Arrays.copyOf(path, depth * 2);
        }
        path[depth++] = at;
        at = up;
      }
      while (depth > 0) {
        int below = path[--depth];
        labels.set(below, Math.min(labels.get(below), labels.get(at)));
        ancestors.set(below, ancestors.get(at));
        at = below;
      }
      return labels.get(node);
    }
  }

  /** A graph of nodes 0, 1, 2 … where 0 is the entry: the successors of a node stand in a row. */
  static final class FlowGraph implements AutoCloseable {
    private final Ints starts;
    private final Ints successors;

    private FlowGraph(Ints starts, Ints successors) {
      this.starts = starts;
      this.successors = successors;
    }

    int nodes() {
      return (int) starts.length() - 2;
    }

    int start(int node) {
      return starts.get(node);
    }

    int end(int node) {
      return starts.get(node + 1L);
    }

    int successor(int at) {
      return successors.get(at);
    }

    int edges() {
      return (int) successors.length();
    }

    @Override
    public void close() {
      starts.close();
      successors.close();
    }

    /** Announce every edge, then add every edge. */
    static final class Builder {
      private final Storage storage;
      private final Ints starts;
      private Ints successors;

      Builder(Storage storage, int nodes) {
        this.storage = storage;
        this.starts = new Ints(storage, nodes + 2L);
        this.successors = new Ints(storage, 0);
      }

      void announce(int from) {
        starts.add(from + 2L, 1);
      }

      void lay() {
        long total = 0;
        for (long i = 2; i < starts.length(); i++) {
          total += starts.get(i);
          if (total > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("the contracted graph has more than 2 billion references");
          }
          starts.set(i, (int) total);
        }
        // The extra entry keeps the last row's end while rows are filled.
        successors.close();
        successors = new Ints(storage, total);
      }

      void add(int from, int to) {
        int at = starts.get(from + 1L);
        successors.set(at, to);
        starts.set(from + 1L, at + 1);
      }

      FlowGraph build() {
        return new FlowGraph(starts, successors);
      }
    }
  }
}
