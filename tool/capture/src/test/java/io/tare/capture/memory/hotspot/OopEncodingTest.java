package io.tare.capture.memory.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OopEncodingTest {
  @Test
  void theMajorVersionIsTheJdks() {
    assertThat(OopEncoding.majorVersion("25.0.3+9-LTS")).isEqualTo(25);
    assertThat(OopEncoding.majorVersion("17.0.15+6-Debian-1deb12u1")).isEqualTo(17);
    assertThat(OopEncoding.majorVersion("25.402-b06")).as("JDK 8 counts its HotSpot").isEqualTo(8);
    assertThat(OopEncoding.majorVersion("")).isZero();
  }
}
