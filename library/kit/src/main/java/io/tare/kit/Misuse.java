package io.tare.kit;

import java.util.Optional;

/**
 * A pooled value that was not used as agreed, found after the fact.
 *
 * @param weight what the value counts in its pool: bytes in a buffer pool, 1 in an object pool
 * @param takenAt where it was last taken; known in debug mode only
 */
public record Misuse(Kind kind, long weight, Optional<Throwable> takenAt) {
  /** What went wrong. */
  public enum Kind {
    /** The lease became unreachable without being closed. */
    LEAKED,
    /** Somebody wrote to the value after giving it back; noticed in debug mode only. */
    WRITTEN_AFTER_RELEASE
  }
}
