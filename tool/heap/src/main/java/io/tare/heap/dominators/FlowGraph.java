package io.tare.heap.dominators;

import io.tare.heap.store.Ints;
import io.tare.heap.store.Storage;

/** A graph of nodes 0, 1, 2 … where 0 is the entry: the successors of a node stand in a row. */
final class FlowGraph implements AutoCloseable {
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
