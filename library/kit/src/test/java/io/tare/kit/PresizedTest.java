package io.tare.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

class PresizedTest {
  @Test
  void aPresizedMapIsAsLargeAsOneThatGrewAndNeverGrows() {
    for (int entries : new int[] {0, 1, 12, 13, 96, 97, 1_000}) {
      Map<Integer, Integer> grown = new HashMap<>();
      Map<Integer, Integer> presized = Presized.hashMap(entries);
      for (int i = 0; i < entries; i++) {
        grown.put(i, i);
        presized.put(i, i);
      }
      assertThat(GraphLayout.parseInstance(presized).totalSize())
          .isLessThanOrEqualTo(GraphLayout.parseInstance(grown).totalSize());
    }
  }

  @Test
  void theOrdinaryCapacityIsTooSmall() {
    int entries = 100;
    assertThat(AllocatedBytes.perCall(() -> fill(new HashMap<>(entries), entries)))
        .isGreaterThan(AllocatedBytes.perCall(() -> fill(Presized.hashMap(entries), entries)));
  }

  @Test
  void allKindsWork() {
    assertThat(Presized.linkedHashMap(5)).isEmpty();
    assertThat(Presized.hashSet(5)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> Presized.hashSet(-1));
  }

  private static void fill(Map<Integer, Integer> map, int entries) {
    for (int i = 0; i < entries; i++) {
      map.put(i, 1);
    }
  }
}
