package io.tare.report.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreemapTest {
  @Test
  void areasAreAsTheWeightsAndTilesFillTheMapWithoutOverlap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<Long> weights = random.longs(1 + random.nextInt(40), 1, 1_000_000).boxed()
          .sorted(Collections.reverseOrder()).toList();
      check(weights, Treemap.layout(weights, 100, 44), seed);
    }
  }

  private static void check(List<Long> weights, List<Treemap.Tile> tiles, long seed) {
    double sum = weights.stream().mapToDouble(Long::doubleValue).sum();
    assertThat(tiles).as("seed %d", seed).hasSameSizeAs(weights);
    for (int i = 0; i < tiles.size(); i++) {
      Treemap.Tile tile = tiles.get(i);
      assertThat(tile.width() * tile.height()).as("seed %d", seed).isCloseTo(weights.get(i) / sum * 4400, within(1e-3));
      assertThat(tile.x()).isGreaterThanOrEqualTo(0);
      assertThat(tile.y()).isGreaterThanOrEqualTo(0);
      assertThat(tile.x() + tile.width()).isLessThanOrEqualTo(100 + 1e-6);
      assertThat(tile.y() + tile.height()).isLessThanOrEqualTo(44 + 1e-6);
      assertThat(tiles.subList(0, i)).as("seed %d", seed).noneMatch(other -> overlap(tile, other));
    }
  }

  private static boolean overlap(Treemap.Tile a, Treemap.Tile b) {
    double width = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    double height = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    return width > 1e-6 && height > 1e-6;
  }

  @Test
  void equalWeightsMakeNearlySquares() {
    assertThat(Treemap.layout(Collections.nCopies(16, 1L), 100, 100))
        .allMatch(tile -> Math.abs(tile.width() - 25) < 1e-6 && Math.abs(tile.height() - 25) < 1e-6);
  }

  @Test
  void nothingToShowIsNoTrouble() {
    assertThat(Treemap.layout(List.of(), 100, 44)).isEmpty();
    assertThat(Treemap.layout(List.of(0L), 100, 44)).allMatch(tile -> tile.width() == 0);
  }
}
