package io.tare.cases.faults.scene;

import io.tare.cases.faults.self.OwnMappings;
import java.io.IOException;

/** A situation that was created. It holds what it made until it is closed. */
public interface Held extends AutoCloseable {
  /** Adds what only this situation knows of itself. Called more than once, and must not change what it measures. */
  void measure(OwnMappings mappings, Truth truth) throws IOException;

  /** Undoes what would outlive the process: files, control groups. */
  @Override
  default void close() throws IOException {}
}
