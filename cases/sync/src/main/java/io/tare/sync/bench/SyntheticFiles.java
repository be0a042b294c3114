package io.tare.sync.bench;

import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileFacts;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;

/** Files that look like those of an archive: paths of 100 bytes on average (90 to 110), in the order of their keys, the same each time. */
public final class SyntheticFiles {
  private static final int FILES_PER_BATCH = 20_000;
  private static final long FIRST_OF_2024_MILLIS = 1_704_067_200_000L;
  private static final String SUFFIX = "scan-of-original-with-signature";
  private static final int SHORTEST_SUFFIX = 11;

  private SyntheticFiles() {}

  public static FileEntry file(long number) {
    long mixed = mix(number);
    FileFacts facts = new FileFacts(Long.remainderUnsigned(mixed, 5_000_000), FIRST_OF_2024_MILLIS + number * 1000,
        new ContentHash(mixed, mix(mixed)));
    return new FileEntry(path(number), facts, FileState.SYNCED);
  }

  static String path(long number) {
    int suffix = SHORTEST_SUFFIX + (int) Long.remainderUnsigned(mix(number), SUFFIX.length() - SHORTEST_SUFFIX + 1);
    return "archive/region-" + digits(number / 1_000_000, 4) + "/customer-" + digits(number / 1000, 8)
        + "/documents/2024/document-" + digits(number, 12) + "-" + SUFFIX.substring(0, suffix) + ".pdf";
  }

  /** Appends files to an empty state file. */
  public static void fill(StateCache cache, long files) {
    for (long from = 0; from < files; from += FILES_PER_BATCH) {
      long start = from;
      long end = Math.min(files, from + FILES_PER_BATCH);
      cache.write(transaction -> {
        for (long number = start; number < end; number++) {
          transaction.files().append(file(number));
        }
        return true;
      });
    }
  }

  private static String digits(long number, int width) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long number) {
    long mixed = number + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
