package io.tare.probe;

/** Which of the JVM's collector beans count pauses, and which count cycles that run beside the program. */
final class GcKind {
  private GcKind() {}

  /**
   * {@code G1 Young Generation}, {@code ZGC Pauses}, {@code Copy} stop the program; {@code ZGC Cycles}, {@code ZGC Major
   * Cycles}, {@code Shenandoah Cycles} do not. {@code G1 Concurrent GC} counts the remark and cleanup pauses.
   */
  static boolean stopsTheProgram(String collectorName) {
    return !collectorName.endsWith("Cycles");
  }
}
