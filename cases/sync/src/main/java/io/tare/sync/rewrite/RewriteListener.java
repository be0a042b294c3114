package io.tare.sync.rewrite;

/** Hears of work as it is done: after each batch with what is committed, or while files are gathered. */
public interface RewriteListener {
  RewriteListener NOBODY = (moment, batches, files) -> {};

  void at(Moment moment, long batches, long files);

  /** Where a rewrite is. */
  enum Moment {
    BATCH_READ, BEFORE_WRITE, AFTER_WRITE
  }
}
