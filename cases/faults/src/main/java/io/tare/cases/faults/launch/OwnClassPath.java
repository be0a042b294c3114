package io.tare.cases.faults.launch;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where this module's classes lie: a directory or a jar, in the module's build directory. */
final class OwnClassPath {
  private OwnClassPath() {}

  static Path location() {
    try {
      return Path.of(OwnClassPath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path is not a path", e);
    }
  }
}
