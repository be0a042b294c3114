package io.tare.sync.state;

import java.io.IOException;
import java.nio.file.Path;

/** A state file that is not opened, and why. It is left as it is. */
public final class StateFileRefused extends IOException {
  private static final long serialVersionUID = 1;

  StateFileRefused(Path file, String reason) {
    super("the state file " + file + " is not used: " + reason);
  }
}
