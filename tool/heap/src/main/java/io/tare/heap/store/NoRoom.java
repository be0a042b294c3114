package io.tare.heap.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The temporary folder has not enough room for what the memory budget leaves over. */
public final class NoRoom extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  NoRoom(Path folder, long neededBytes, long roomBytes) {
    super(
        folder
            + " has room for "
            + roomBytes
            + " bytes, "
            + neededBytes
            + " are needed: give another temporary folder or a larger --memory",
        new IOException("no room"));
  }
}
