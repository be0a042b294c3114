package io.tare.cases.faults.launch;

import io.tare.cases.faults.scene.Skipped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for a program as the shell does. */
public final class OnPath {
  private OnPath() {}

  public static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program)).filter(Files::isExecutable).findFirst();
  }

  static Path required(String program) throws Skipped {
    return find(program).orElseThrow(() -> new Skipped(program + " is not installed"));
  }
}
