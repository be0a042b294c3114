package io.tare.sync.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

class StateFileHeaderFuzzTest {
  @FuzzTest(maxDuration = "5s")
  void anyBytesAreAHeaderOrNone(byte[] bytes) {
    StateFileHeader.parse(ByteBuffer.wrap(bytes)).ifPresent(header -> {
      assertThat(header.pageBytes()).isBetween(512, 1 << 16);
      assertThat(header.neededBytes()).isPositive();
    });
  }
}
