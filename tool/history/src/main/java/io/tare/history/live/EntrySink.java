package io.tare.history.live;

import io.tare.history.recording.Entry;
import java.io.IOException;
import java.util.List;

/** Where the recorder's entries go: a file, a screen, a page of metrics. */
public interface EntrySink extends AutoCloseable {
  void accept(Entry entry);

  /** A round of readings is complete. */
  void flush();

  /** Is called every few rounds, for what needs no more. */
  default void lookAround() {}

  /** What the one who records should be told, each sentence once. */
  default List<String> news() {
    return List.of();
  }

  @Override
  default void close() throws IOException {}
}
