package io.tare.sync.run;

import io.tare.sync.state.FileEntry;
import io.tare.sync.state.FileFacts;

/** What became of one file of a window. */
sealed interface Outcome {
  FileEntry file();

  /** It stands at the destination, with these facts. */
  record Arrived(FileEntry file, FileFacts facts, boolean wasThere) implements Outcome {}

  /** It was taken away at the destination. */
  record Deleted(FileEntry file) implements Outcome {}

  /** The source lost it after the scan. */
  record Gone(FileEntry file) implements Outcome {}

  /** It did not work. */
  record Failed(FileEntry file, String reason) implements Outcome {}
}
