package io.tare.sync.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Replaces a state file by one with the same files in full pages: what random inserts left half empty and what was freed goes back.
 * (The store's own compacting copy would drop free pages only.) A kill at any moment leaves the one or the other.
 */
public record Compaction(StateFileSize before, StateFileSize after) {
  private static final int FILES_PER_BATCH = 10_000;
  private static final int MOST_NOTES = 1000;

  public static Compaction of(Path file, StateOptions options) throws IOException {
    Path copy = file.resolveSibling(file.getFileName() + ".compact");
    remove(copy);
    StateFileSize before;
    StateFileSize after;
    try (StateCache from = StateCache.open(file, options)) {
      if (from.read(transaction -> transaction.units().size()) > 0) {
        throw new StateFileRefused(file, "a scan is under way; finish the run first");
      }
      before = from.size();
      try (StateCache to = StateCache.open(copy, options)) {
        copy(from, to);
        to.sync();
        after = to.size();
      }
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    remove(copy);
    return new Compaction(before, after);
  }

  private static void copy(StateCache from, StateCache to) {
    List<SmallTable.Row> notes = from.read(transaction -> transaction.notes().first(MOST_NOTES));
    to.write(transaction -> {
      notes.forEach(note -> transaction.notes().put(note.key(), note.value()));
      return true;
    });
    Optional<byte[]> nextKey = Optional.empty();
    do {
      List<FileEntry> batch = new ArrayList<>();
      Optional<byte[]> start = nextKey;
      nextKey = from.read(transaction -> read(start, batch, transaction.files()));
      to.write(transaction -> {
        batch.forEach(transaction::put);
        return true;
      });
    } while (nextKey.isPresent());
  }

  private static Optional<byte[]> read(Optional<byte[]> start, List<FileEntry> into, FileCursor files) {
    boolean found = files.resume(start);
    for (; found && into.size() < FILES_PER_BATCH; found = files.next()) {
      into.add(files.entry());
    }
    return found ? Optional.of(files.key()) : Optional.empty();
  }

  private static void remove(Path copy) throws IOException {
    for (String suffix : List.of("", "-lock", ".owner")) {
      Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + suffix));
    }
  }
}
