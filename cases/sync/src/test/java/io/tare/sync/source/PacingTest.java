package io.tare.sync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacingTest {
  @Test
  void turnsAreEvenlySpreadAndThoseNotTakenAreLost() {
    RateLimit limit = new RateLimit(10);
    long start = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    assertThat(limit.reserve(start)).isZero();
    assertThat(limit.reserve(start)).isEqualTo(Duration.ofMillis(100).toNanos());
    assertThat(limit.reserve(start)).isEqualTo(Duration.ofMillis(200).toNanos());
    long later = start + Duration.ofMinutes(1).toNanos();
    assertThat(limit.reserve(later)).isZero();
    assertThat(limit.reserve(later)).isEqualTo(Duration.ofMillis(100).toNanos());
  }

  @Test
  void withoutALimitNobodyWaits() {
    RateLimit none = new RateLimit(0);
    long start = System.nanoTime();
    assertThat(none.reserve(start)).isZero();
    assertThat(none.reserve(start)).isZero();
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    Retry retry = new Retry(9, Duration.ofMillis(100), Duration.ofMillis(500));
    assertThat(retry.pause(1, 1)).isEqualTo(Duration.ofMillis(100));
    assertThat(retry.pause(2, 1)).isEqualTo(Duration.ofMillis(200));
    assertThat(retry.pause(3, 0)).isEqualTo(Duration.ofMillis(200));
    assertThat(retry.pause(8, 1)).isEqualTo(Duration.ofMillis(500));
  }
}
