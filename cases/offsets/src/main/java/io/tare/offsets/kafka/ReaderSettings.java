package io.tare.offsets.kafka;

import io.tare.offsets.state.StateText;
import java.time.Duration;

/**
 * How a reader works: threads; offsets of a partition between the first open one and the last received; how often it commits;
 * the most bytes of metadata; how long a failed message rests; how long a revoked partition waits for what is under way.
 */
public record ReaderSettings(int workers, int window, Duration commitEvery, int metadataBytes, Duration retryAfter,
    Duration drain) {
  /** A window whose state always fits, so that what was committed as done is never worked on again. */
  public static final ReaderSettings USUAL = new ReaderSettings(16, 24_000, Duration.ofSeconds(1),
      StateText.USUAL_BYTES, Duration.ofSeconds(1), Duration.ofSeconds(5));

  public ReaderSettings {
    if (workers < 1 || window < 1 || metadataBytes < 0) {
      throw new IllegalArgumentException("a reader needs a worker, a window and no less than 0 bytes of metadata, not "
          + workers + ", " + window + " and " + metadataBytes);
    }
  }
}
