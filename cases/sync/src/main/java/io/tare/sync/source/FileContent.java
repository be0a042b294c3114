package io.tare.sync.source;

import io.tare.sync.state.FileFacts;
import java.io.IOException;
import java.io.InputStream;

/** A file opened for reading, with the facts as they are now. */
public record FileContent(FileFacts facts, InputStream stream) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    stream.close();
  }
}
