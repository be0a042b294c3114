/** Memory guards for JUnit 5 and 6: annotations, and {@link io.tare.junit.MemoryGuards} to call them in a test's body. */
module io.tare.junit {
  requires transitive io.tare.probe;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports io.tare.junit;

  opens io.tare.junit to
      org.junit.platform.commons;
}
