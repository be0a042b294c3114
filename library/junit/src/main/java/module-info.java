/** Memory guards for JUnit 5 and 6: annotations, and {@link io.tare.junit.MemoryGuards} to call them in a test's body. */
module io.tare.junit {
  requires transitive io.tare.probe;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  requires static transitive org.junit.platform.launcher;

  exports io.tare.junit;

  provides org.junit.jupiter.api.extension.Extension with
      io.tare.junit.MemoryGuardExtension;
  provides org.junit.platform.launcher.LauncherSessionListener with
      io.tare.junit.SuiteGuardSession;
  provides org.junit.platform.launcher.PostDiscoveryFilter with
      io.tare.junit.MisplacedGuards;

  opens io.tare.junit to
      org.junit.platform.commons;
}
