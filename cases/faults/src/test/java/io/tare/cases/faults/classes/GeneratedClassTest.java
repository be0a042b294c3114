package io.tare.cases.faults.classes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeneratedClassTest {
  @Test
  void aGeneratedClassRunsAndComputesWhatItSays() {
    int terms = 1;
    GeneratedClass generated = new GeneratedClass("generated/One", 1, terms);
    assertThat(new OneClassLoader().define(generated, 0).applyAsInt(5)).isEqualTo(5 * ((3 & 0x7ffe) + 1) + 1);
  }

  @Test
  void twoSeedsMakeTwoClasses() {
    GeneratedClass generated = new GeneratedClass("generated/Many", 5, 20);
    int one = new OneClassLoader().define(generated, 1).applyAsInt(7);
    int other = new OneClassLoader().define(generated, 2).applyAsInt(7);
    assertThat(one).isNotEqualTo(other);
  }
}
