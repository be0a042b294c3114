package io.tare.ledger.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharesTest {
  @Test
  void whatAlreadyFitsStaysAsItIs() {
    assertThat(Shares.of(30, 10, 20)).containsExactly(10, 20);
  }

  @Test
  void withoutAnyWeightTheFirstTakesAll() {
    assertThat(Shares.of(30, 0, 0)).containsExactly(30, 0);
  }

  @Test
  void whatRoundingLeavesGoesToTheHeaviest() {
    assertThat(Shares.of(10, 1, 2)).containsExactly(3, 7);
  }

  @Test
  void nothingIsLostAndNothingMade() {
    for (long seed = 1; seed <= 1000; seed++) {
      Random random = new Random(seed);
      long[] weights = random.longs(1 + random.nextInt(6), 0, 1L << (1 + random.nextInt(50))).toArray();
      long whole = random.nextLong(1L << 44);
      long[] shares = Shares.of(whole, weights);
      assertThat(Arrays.stream(shares).sum()).as("seed %d", seed).isEqualTo(whole);
      assertThat(Arrays.stream(shares).min().orElseThrow()).as("seed %d", seed).isNotNegative();
    }
  }
}
