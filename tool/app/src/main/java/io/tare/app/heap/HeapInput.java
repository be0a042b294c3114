package io.tare.app.heap;

import io.tare.heap.saved.IndexPlace;
import io.tare.model.capture.Capture;
import io.tare.model.heap.DumpCost;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A dump to be looked at, and what is known of its process.
 *
 * @param cost what taking the dump cost; empty if it was there already
 * @param capture of the same process; empty if there is none
 * @param index where what is found in it is kept for the next question
 * @param whenDone gives back what the dump needs as long as it is looked at
 */
record HeapInput(Path dump, Optional<DumpCost> cost, Optional<Capture> capture, IndexPlace index,
    AutoCloseable whenDone)
    implements
      AutoCloseable {
  static HeapInput ofFile(Path dump, Optional<Capture> capture, IndexPlace index) {
    return new HeapInput(dump, Optional.empty(), capture, index, () -> {});
  }

  @Override
  public void close() {
    try {
      whenDone.close();
    } catch (Exception failure) {
      throw new IllegalStateException("closing the folder of a dump does not fail", failure);
    }
  }
}
