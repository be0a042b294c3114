package io.tare.capture.start;

import io.tare.model.history.Ending.Usage;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A command that runs, or ran: it is a child of this process.
 *
 * @param handle to look at it and to end it; a pid that is used again is not it
 * @param exit its exit code, or 128 and the number of the signal that ended it, once it has ended
 * @param usage what it used, to be asked once it has ended
 * @param outputs what it writes to its output and to its errors, where that is read here
 * @param roughly why the kernel's count of its peak holds more than its own memory; empty where it does not
 */
public record StartedCommand(ProcessHandle handle, CompletableFuture<Integer> exit, Supplier<Usage> usage,
    List<InputStream> outputs, Optional<String> roughly) {
  public StartedCommand {
    outputs = List.copyOf(outputs);
  }

  public long pid() {
    return handle.pid();
  }
}
