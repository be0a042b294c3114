/** Measures the memory of the process that it runs in. Start at {@link io.tare.probe.MemoryStats}. */
module io.tare.probe {
  requires java.management;
  requires jdk.management;
  requires static jdk.jfr;
  requires static transitive org.jspecify;

  exports io.tare.probe;
  exports io.tare.probe.allocation;
  exports io.tare.probe.leftovers;
  exports io.tare.probe.marks;
  exports io.tare.probe.metric;
  exports io.tare.probe.trend;
}
