package io.tare.sync.rewrite;

import io.tare.sync.state.StateCache;

/** Applies a change to every file of the state file. */
public interface Rewrite {
  RewriteResult apply(Change change, StateCache cache, RewriteListener listener);
}
