package io.tare.sync.destination;

import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where files go to. Many threads may use it at once. A file stands under its name only when it is whole.
 */
public interface Destination extends AutoCloseable {
  /** What tells this destination from another, without secrets. */
  String identity();

  /** Whether this very content is sure to be there. In doubt, no. */
  boolean holds(String path, FileFacts facts) throws IOException, InterruptedException;

  void put(String path, FileFacts facts, InputStream content) throws IOException, InterruptedException;

  /** Takes a file away. One that is not there is fine. */
  void delete(String path) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
