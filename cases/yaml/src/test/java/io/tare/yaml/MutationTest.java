package io.tare.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A few of the inputs that {@code bench/yaml/fuzz} goes on with. */
class MutationTest {
  private static final int INPUTS = 40_000;

  @Test
  @Tag("slow")
  void damagedTextsAreReadOrRefusedByLoaderAndEventsAlike() throws IOException {
    Fuzzing fuzzing = new Fuzzing(1);
    for (int i = 0; i < INPUTS; i++) {
      assertThat(fuzzing.problem(i)).as("input %d of seed 1", i).isNull();
    }
    assertThat(fuzzing.read()).isBetween(INPUTS / 4L, INPUTS * 3L / 4);
  }
}
