package io.tare.sync.run;

import io.tare.sync.rewrite.Rewrite;
import io.tare.sync.source.Listing;

/**
 * How a run works.
 *
 * @param deletes whether and how many files that the source no longer has are deleted at the destination
 * @param isDryRun whether the run ends before anything at the destination changes
 */
public record RunOptions(Rewrite rewrite, Listing listing, int workers, Deletes deletes, boolean isDryRun, Scope scope,
    Limits limits) {
  private static final int MOST_WORKERS = 256;

  public RunOptions {
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new IllegalArgumentException("workers are 1 to " + MOST_WORKERS + ", not " + workers);
    }
  }

  /**
   * What a run may take.
   *
   * @param bytesPerSecond of content, all workers together; zero is no limit
   * @param rssBytes above three quarters of this the state file's pages are given back after each commit
   */
  public record Limits(long bytesPerSecond, long rssBytes) {
    public static final Limits USUAL = new Limits(0, 128L << 20);
  }
}
