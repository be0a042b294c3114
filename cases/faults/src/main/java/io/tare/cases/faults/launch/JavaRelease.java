package io.tare.cases.faults.launch;

import io.tare.cases.faults.scene.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** What can be known of a JDK without starting it. */
final class JavaRelease {
  private static final String KEY = "JAVA_VERSION=\"";

  private JavaRelease() {}

  static int feature(Path java) throws IOException, Skipped {
    OptionalInt feature = find(java);
    return feature.orElseThrow(() -> new Skipped(java + " belongs to no JDK that says its version"));
  }

  /** 17 or 25, from the line {@code JAVA_VERSION="17.0.15"} of the JDK's file {@code release}. */
  static OptionalInt find(Path java) throws IOException {
    Path release = java.toRealPath().resolveSibling("../release").normalize();
    if (!Files.exists(release)) {
      return OptionalInt.empty();
    }
    return Files.readAllLines(release).stream().filter(line -> line.startsWith(KEY))
        .mapToInt(line -> Integer.parseInt(line.substring(KEY.length()).replaceAll("[^0-9].*", ""))).findFirst();
  }

  /** Until it had generations, ZGC saw the heap through three mappings. */
  static boolean zgcMapsThreeTimes(int feature) {
    return feature >= 15 && feature <= 22;
  }

  /** Newer JDKs print a warning when native memory is used the old way; 17 does not know the option. */
  static List<String> quietUnsafe(int feature) {
    return feature >= 23 ? List.of("--sun-misc-unsafe-memory-access=allow") : List.of();
  }
}
