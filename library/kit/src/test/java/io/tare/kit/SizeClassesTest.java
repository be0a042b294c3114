package io.tare.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeClassesTest {
  @Test
  void theSmallestClassThatFitsIsChosenAndWastesAtMostAFifth() {
    for (int bytes = 0; bytes <= 200_000; bytes++) {
      int index = SizeClasses.indexOf(bytes);
      int size = SizeClasses.bytesOf(index);
      assertThat(size).isGreaterThanOrEqualTo(bytes);
      assertThat(index == 0 || SizeClasses.bytesOf(index - 1) < bytes).as("class below for " + bytes).isTrue();
      assertThat(index == 0 || size - bytes <= size / 5).as("waste for " + bytes).isTrue();
    }
  }

  @Test
  void aClassHoldsExactlyItsOwnSize() {
    for (int index = 0; index < 57; index++) {
      assertThat(SizeClasses.indexOf(SizeClasses.bytesOf(index))).isEqualTo(index);
    }
    assertThat(SizeClasses.bytesOf(SizeClasses.indexOf(BufferPool.LARGEST_BYTES))).isEqualTo(BufferPool.LARGEST_BYTES);
  }
}
