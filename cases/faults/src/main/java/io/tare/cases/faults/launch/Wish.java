package io.tare.cases.faults.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How somebody wants a fault to be started.
 *
 * @param java the JVM to start it in
 * @param collector {@code G1}, {@code Serial} …; empty leaves it to the JVM
 * @param buildDirectory where native programs are built; empty is beside this module's classes
 */
public record Wish(Path java, Optional<String> collector, Stage stage, Optional<Path> buildDirectory) {
  /** How big, how long, and where its files go. */
  public record Stage(long sizeBytes, Duration hold, Path directory) {}
}
