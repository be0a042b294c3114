package io.tare.junit;

/** Looks at the process from its start to its end, and throws an {@link AssertionError} when the limit was broken. */
interface Guard {
  /** Stops whatever the guard runs beside the test; called before any guard checks. */
  void stop();

  void check();
}
