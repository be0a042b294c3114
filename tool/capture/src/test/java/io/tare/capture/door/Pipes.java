package io.tare.capture.door;

import io.tare.capture.memory.programs.Toolchain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Named pipes: whoever opens one for reading waits until somebody writes. */
public final class Pipes {
  private Pipes() {}

  /** A pipe at that path; the test is skipped where none can be made. */
  public static Path make(Path path) throws Exception {
    Files.createDirectories(path.getParent());
    Toolchain.run(List.of(Toolchain.require("mkfifo"), path.toString()), path.getParent());
    return path;
  }
}
