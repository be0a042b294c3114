package io.tare.history.live;

import io.tare.history.recording.Entry;
import io.tare.history.recording.EntryVisitor;

/** Listens to nothing: for walks that only look where a file is sound. */
final class NoVisitor implements EntryVisitor {
  @Override
  public void sample(int target, long epochMillis, long[] values) {}

  @Override
  public void entry(Entry entry) {}
}
