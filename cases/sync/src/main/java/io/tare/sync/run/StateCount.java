package io.tare.sync.run;

import io.tare.sync.state.FileCursor;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateCache;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How many files are in each state, and how many bytes wait for transfer. */
public record StateCount(Map<FileState, Long> files, long bytesWaiting) {
  private static final int FILES_PER_BATCH = 50_000;

  public StateCount {
    files = Map.copyOf(files);
  }

  public long of(FileState state) {
    return files.getOrDefault(state, 0L);
  }

  public long waiting() {
    return of(FileState.NEW) + of(FileState.ERROR) + of(FileState.UNCERTAIN);
  }

  /** Counts in short readings: a long one would keep freed pages if somebody writes. */
  public static StateCount of(StateCache cache) {
    return of(cache, () -> {});
  }

  static StateCount of(StateCache cache, Runnable afterBatch) {
    Counting counting = new Counting();
    boolean isMore;
    do {
      isMore = cache.read(transaction -> counting.batch(transaction.files()));
      afterBatch.run();
    } while (isMore);
    return new StateCount(counting.files, counting.bytesWaiting);
  }

  private static final class Counting {
    private final Map<FileState, Long> files = new EnumMap<>(FileState.class);
    private long bytesWaiting;
    private Optional<byte[]> nextKey = Optional.empty();

    boolean batch(FileCursor cursor) {
      boolean found = cursor.resume(nextKey);
      for (int i = 0; found && i < FILES_PER_BATCH; i++, found = cursor.next()) {
        FileState state = cursor.state();
        files.merge(state, 1L, Long::sum);
        if (state == FileState.NEW || state == FileState.ERROR) {
          FileEntry entry = cursor.entry();
          bytesWaiting += entry.facts().sizeBytes();
        }
      }
      nextKey = found ? Optional.of(cursor.key()) : Optional.empty();
      return found;
    }
  }
}
