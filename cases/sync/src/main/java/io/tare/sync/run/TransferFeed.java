package io.tare.sync.run;

import io.tare.sync.state.FileCursor;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files to be worked on, in the order of their keys. Two keys are written down in the transaction that hands files out, before
 * work on them begins: everything before the first is finished, nothing from the second on has begun. So after a kill it is known
 * which files may have arrived without the state file knowing it.
 */
final class TransferFeed {
  private static final String START = "transfer.start";
  private static final String END = "transfer.end";
  private static final int MOST_VISITED = 100_000;
  private static final byte[] BEHIND_ALL = "\uFFFF".getBytes(StandardCharsets.UTF_8);

  private final Predicate<FileEntry> isWanted;
  private Optional<byte[]> next;
  /** Where the work of a run that was cut ends. */
  private final Optional<byte[]> cutEnd;
  private boolean isAtEnd;

  /** A file to be worked on, and whether a run that was cut may have brought it over already. */
  static final class Handed {
    final byte[] key;
    final FileEntry file;
    final boolean mayBeThere;

    private Handed(byte[] key, FileEntry file, boolean mayBeThere) {
      this.key = key;
      this.file = file;
      this.mayBeThere = mayBeThere;
    }
  }

  private TransferFeed(Predicate<FileEntry> isWanted, Optional<byte[]> start, Optional<byte[]> cutEnd) {
    this.isWanted = isWanted;
    this.next = start;
    this.cutEnd = cutEnd;
  }

  /** Takes up what an earlier run was cut in. */
  static TransferFeed open(boolean deletes, Predicate<String> isInScope, StateTransaction transaction) {
    Predicate<FileEntry> isWanted = file -> isInScope.test(file.path())
        && (file.state().waitsForTransfer() || (deletes && file.state() == FileState.DELETED_IN_SOURCE));
    return new TransferFeed(isWanted, transaction.notes().get(START), transaction.notes().get(END));
  }

  /** Whether an earlier run was cut while it worked on files. */
  static boolean wasCut(StateTransaction transaction) {
    return transaction.notes().get(END).isPresent();
  }

  boolean isAtEnd() {
    return isAtEnd;
  }

  /** Hands out so many more files and writes down how far, and which of those handed out before is the first unfinished one. */
  List<Handed> handOut(int most, Optional<byte[]> firstUnfinished, StateTransaction transaction) {
    FileCursor files = transaction.files();
    List<Handed> handed = new ArrayList<>();
    boolean found = !isAtEnd && files.resume(next);
    for (int visited = 0; found && handed.size() < most && visited < MOST_VISITED; visited++, found = files.next()) {
      FileState state = files.state();
      if (state != FileState.SYNCED) {
        FileEntry file = files.entry();
        if (isWanted.test(file)) {
          byte[] key = files.key();
          handed.add(new Handed(key, file, isBeforeCut(key)));
        }
      }
    }
    isAtEnd = !found;
    next = found ? Optional.of(files.key()) : Optional.empty();
    note(firstUnfinished.or(() -> handed.isEmpty() ? next : Optional.of(handed.get(0).key)), transaction);
    return handed;
  }

  private boolean isBeforeCut(byte[] key) {
    return cutEnd.isPresent() && (Arrays.equals(cutEnd.get(), BEHIND_ALL)
        || Arrays.compareUnsigned(key, cutEnd.get()) < 0);
  }

  private void note(Optional<byte[]> start, StateTransaction transaction) {
    if (start.isEmpty()) {
      transaction.notes().remove(START);
      transaction.notes().remove(END);
      return;
    }
    transaction.notes().put(START, start.get());
    transaction.notes().put(END, farthest());
  }

  /** Until the work of the run that was cut is done, its end stands. */
  private byte[] farthest() {
    byte[] own = next.orElse(BEHIND_ALL);
    boolean isBehind = cutEnd.isEmpty() || !isBeforeCut(own);
    return isBehind ? own : cutEnd.orElseThrow();
  }
}
