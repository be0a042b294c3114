package io.tare.capture.memory.glibc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MappedChunksTest {
  private static final AddressRange REAL = AddressRange.ofSize(0x10_0000, 1052672);
  private static final AddressRange OTHER_REAL = AddressRange.ofSize(0x30_0000, 266240);
  private static final AddressRange FOREIGN = AddressRange.ofSize(0x1_0000, 196608);
  private static final AddressRange FOREIGN_ACROSS = AddressRange.ofSize(0x18_0000, 655360);

  @Test
  void theChoiceHasTheCountAndTheBytesThatMallocKnows() {
    List<AddressRange> candidates = List.of(FOREIGN, FOREIGN_ACROSS, REAL, OTHER_REAL);
    assertThat(ChunkChoice.choose(candidates, 2, REAL.bytes() + OTHER_REAL.bytes())).containsExactlyInAnyOrder(REAL,
        OTHER_REAL);
    assertThat(ChunkChoice.choose(candidates, 1, FOREIGN.bytes())).containsExactly(FOREIGN);
  }

  @Test
  void withoutAFittingChoiceTheSuspiciousOnesAreLeftOut() {
    assertThat(ChunkChoice.choose(List.of(FOREIGN, REAL), 2, 12345)).containsExactly(REAL);
  }

  @Test
  void ofAProcessThatGrowsWhileItIsReadEveryChunkCounts() {
    List<AddressRange> chunks = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      chunks.add(AddressRange.ofSize(0x1000_0000L + i * REAL.bytes(), REAL.bytes()));
    }
    long twoMore = chunks.size() + 2;
    assertThat(ChunkChoice.choose(chunks, twoMore, twoMore * REAL.bytes())).containsExactlyElementsOf(chunks);
  }

  @Test
  void chunksThatOverlapAreNeverChosenTogether() {
    assertThat(ChunkChoice.choose(List.of(REAL, FOREIGN_ACROSS), 2, REAL.bytes() + FOREIGN_ACROSS.bytes()))
        .containsExactly(REAL);
  }

  @Test
  @Timeout(20)
  void manyCandidatesDoNotHoldTheChoice() {
    List<AddressRange> candidates = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      candidates.add(AddressRange.ofSize(i * 0x10_0000L, 4096L * (33 + i % 37)));
    }
    assertThat(ChunkChoice.choose(candidates, 50, 3)).hasSize(50);
  }
}
