package io.tare.cases.faults;

import io.tare.cases.faults.launch.Wish;
import java.nio.file.Path;
import java.time.Duration;

/** Reads what {@code launch} was asked for. */
final class LaunchOptions {
  private LaunchOptions() {}

  static Wish of(Options options) {
    Path java = options.value("--java").map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("java.home", ""), "bin", "java"));
    Duration hold = options.hold();
    return new Wish(java, options.value("--collector"), new Wish.Stage(options.sizeBytes(), hold, options.directory()),
        options.value("--build").map(Path::of));
  }
}
