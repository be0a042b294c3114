package io.tare.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tare.probe.leftovers.LeakVerdicts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol needs a GC before each count, and the collectors differ in who runs it. */
class EveryCollectorTest {
  @ParameterizedTest
  @ValueSource(strings = {"UseSerialGC", "UseParallelGC", "UseZGC", "UseShenandoahGC"})
  void leaksAreToldFromGarbage(String collector) throws Exception {
    try (ChildJvm child = ChildJvm.start(LeakVerdicts.class, List.of("-XX:+" + collector))) {
      String output = child.output();
      assumeFalse(output.contains("Unrecognized VM option") || output.contains("not supported"),
          "this JVM has no " + collector);
      assertThat(output).contains("ended threads: CLEAN").contains("kept arrays: LEAK");
    }
  }
}
