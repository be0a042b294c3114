package io.tare.sync.run;

import io.tare.sync.source.Page.ListedFile;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileFacts;
import io.tare.sync.state.FileState;
import java.util.Optional;

/** A file that the scan saw, and what the destination has of it. */
record SeenFile(ListedFile file, Presence there) {

  /** What it becomes, given what is known of it, and whether contents are read before they are believed. */
  FileEntry judge(Optional<FileEntry> known, boolean byHash) {
    boolean isThere = switch (there.kind()) {
      case NOT_ASKED -> wasBrought(known);
      case OTHER -> false;
      case SAME_SIZE -> byHash || (wasBrought(known) && hashAgrees(known));
      case SAME -> byHash || known.isEmpty() || !wasAtDestination(known.get()) || sameContent(known.get());
    };
    FileFacts facts = known.filter(this::sameContent).map(before -> keepingHash(before.facts())).orElse(file.facts());
    return new FileEntry(file.path(), facts, state(isThere, byHash));
  }

  private FileState state(boolean isThere, boolean byHash) {
    if (!isThere) {
      return FileState.NEW;
    }
    return byHash && there.kind() != Presence.Kind.NOT_ASKED ? FileState.UNCERTAIN : FileState.SYNCED;
  }

  private boolean wasBrought(Optional<FileEntry> known) {
    return known.isPresent() && wasAtDestination(known.get()) && sameContent(known.get());
  }

  private static boolean wasAtDestination(FileEntry known) {
    return known.state() == FileState.TEMP_DELETED || known.state() == FileState.SYNCED;
  }

  private boolean sameContent(FileEntry known) {
    return known.facts().sameContentAs(file.facts());
  }

  /** Where the source tells hashes of its own, they need not be of the content alone. */
  private boolean hashAgrees(Optional<FileEntry> known) {
    boolean canTell = there.hash().isKnown() && !file.facts().hash().isKnown()
        && known.map(before -> before.facts().hash().isKnown()).orElse(false);
    return !canTell || there.hash().equals(known.orElseThrow().facts().hash());
  }

  /** A directory does not tell hashes; the one from the transfer is still true. */
  private FileFacts keepingHash(FileFacts before) {
    ContentHash hash = file.facts().hash().isKnown() ? file.facts().hash() : before.hash();
    return file.facts().withHash(hash);
  }
}
