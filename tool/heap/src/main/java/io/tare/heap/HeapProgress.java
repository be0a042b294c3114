package io.tare.heap;

/** Told how far an analysis is; called from several threads. */
public interface HeapProgress {
  HeapProgress NONE = (step, done, total) -> {};

  /** The step in words, and how many bytes of how many it has seen; the total is 0 if the step has no measure. */
  void at(String step, long done, long total);
}
