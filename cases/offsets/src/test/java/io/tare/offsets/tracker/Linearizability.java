package io.tare.offsets.tracker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order of the calls that explains all results: each call at one moment between its beginning and its end, each
 * result what the model returns there. At most 30 calls.
 */
final class Linearizability {
  private final List<Observed> calls;
  private final Set<List<Object>> deadEnds = new HashSet<>();

  private Linearizability(List<Observed> calls) {
    this.calls = calls;
  }

  static boolean explains(List<Observed> calls, Model start) {
    return new Linearizability(calls).search(start, 0);
  }

  private boolean search(Model state, int taken) {
    if (taken == (1 << calls.size()) - 1) {
      return true;
    }
    if (!deadEnds.add(List.of(taken, state))) {
      return false;
    }
    long firstEnd = firstEnd(taken);
    for (int i = 0; i < calls.size(); i++) {
      Observed next = calls.get(i);
      if ((taken & 1 << i) == 0 && next.began() < firstEnd) {
        Model.Step step = state.apply(next.call());
        if (step.result().equals(next.result()) && search(step.after(), taken | 1 << i)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A call that begins after another one ended can't come before it. */
  private long firstEnd(int taken) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < calls.size(); i++) {
      if ((taken & 1 << i) == 0) {
        first = Math.min(first, calls.get(i).ended());
      }
    }
    return first;
  }
}
