package io.tare.cases.faults.launch;

import io.tare.cases.faults.scene.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What can be known of a JDK without starting it. */
public final class JavaRelease {
  private static final String KEY = "JAVA_VERSION=\"";

  private JavaRelease() {}

  /** 17 or 25, from the line {@code JAVA_VERSION="17.0.15"} of the JDK's file {@code release}. */
  public static int feature(Path java) throws IOException, Skipped {
    Path release = java.toRealPath().resolveSibling("../release").normalize();
    if (!Files.exists(release)) {
      throw new Skipped(java + " belongs to no JDK: there is no " + release);
    }
    String version = Files.readAllLines(release).stream().filter(line -> line.startsWith(KEY)).findFirst()
        .orElseThrow(() -> new Skipped(release + " names no version"));
    String digits = version.substring(KEY.length()).replaceAll("[^0-9].*", "");
    return Integer.parseInt(digits);
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
