package io.tare.sync.run;

import io.tare.sync.state.FileCursor;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileState;
import io.tare.sync.state.StateTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The next files to be worked on, in the order of their keys: some hundred at a time. The key behind them is written down before
 * the work begins. So after a kill it is known which files may have arrived without the state file knowing it.
 */
record TransferWindow(List<FileEntry> files, boolean isLast, long visited) {
  private static final String START = "transfer.start";
  private static final String END = "transfer.end";
  private static final int MOST_VISITED = 100_000;
  private static final String BEHIND_ALL = "\uFFFF";

  /** Whether an earlier run was cut while it worked on a window. */
  static boolean wasCut(StateTransaction transaction) {
    return transaction.notes().get(END).isPresent();
  }

  /** Finds the files and writes the window down. One that was cut is taken up as it was. */
  static TransferWindow open(int most, boolean deletes, StateTransaction transaction) {
    FileCursor files = transaction.files();
    boolean found = files.resume(transaction.notes().get(START));
    Optional<byte[]> end = transaction.notes().get(END).filter(TransferWindow::isAKey);
    int mostFiles = wasCut(transaction) ? Integer.MAX_VALUE : most;
    List<FileEntry> window = new ArrayList<>();
    long visited = 0;
    for (; found && window.size() < mostFiles && visited < MOST_VISITED
        && !isBehind(files, end); found = files.next()) {
      FileState state = files.state();
      if (state.waitsForTransfer() || (deletes && state == FileState.DELETED_IN_SOURCE)) {
        window.add(files.entry());
      }
      visited++;
    }
    transaction.notes().put(END, found ? files.key() : BEHIND_ALL.getBytes(StandardCharsets.UTF_8));
    return new TransferWindow(window, !found, visited);
  }

  /** To be called in the transaction that stores what became of the files. */
  static void close(StateTransaction transaction) {
    Optional<byte[]> end = transaction.notes().get(END).filter(TransferWindow::isAKey);
    end.ifPresentOrElse(key -> transaction.notes().put(START, key), () -> transaction.notes().remove(START));
    transaction.notes().remove(END);
  }

  private static boolean isAKey(byte[] end) {
    return !BEHIND_ALL.equals(new String(end, StandardCharsets.UTF_8));
  }

  private static boolean isBehind(FileCursor files, Optional<byte[]> end) {
    return end.isPresent() && files.isAtOrBehind(end.get());
  }
}
