package io.tare.sync.run;

import io.tare.sync.source.Page.ListedFile;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileFacts;
import io.tare.sync.state.FileState;
import java.util.Optional;

/** What a file that the scan saw becomes, given what is known of it. */
final class SeenFile {
  private SeenFile() {}

  static FileEntry judge(ListedFile seen, Optional<FileEntry> known) {
    if (known.isEmpty()) {
      return new FileEntry(seen.path(), seen.facts(), FileState.NEW);
    }
    FileEntry before = known.get();
    boolean isAtDestination = before.state() == FileState.TEMP_DELETED || before.state() == FileState.SYNCED;
    if (isAtDestination && before.facts().sameContentAs(seen.facts())) {
      return new FileEntry(seen.path(), keepingHash(seen.facts(), before.facts()), FileState.SYNCED);
    }
    return new FileEntry(seen.path(), seen.facts(), FileState.NEW);
  }

  /** A directory does not tell hashes; the one from the transfer is still true. */
  private static FileFacts keepingHash(FileFacts seen, FileFacts before) {
    ContentHash hash = seen.hash().isKnown() ? seen.hash() : before.hash();
    return seen.withHash(hash);
  }
}
