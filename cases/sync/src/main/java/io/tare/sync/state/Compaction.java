package io.tare.sync.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replaces a state file by a copy that has no free pages. A kill at any moment leaves the one or the other. */
public record Compaction(StateFileSize before, StateFileSize after) {

  public static Compaction of(Path file, StateOptions options) throws IOException {
    Path copy = file.resolveSibling(file.getFileName() + ".compact");
    Files.deleteIfExists(copy);
    StateFileSize before;
    try (StateCache cache = StateCache.open(file, options)) {
      before = cache.size();
      cache.copyCompactTo(copy);
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    try (StateCache cache = StateCache.open(file, options)) {
      return new Compaction(before, cache.size());
    }
  }
}
