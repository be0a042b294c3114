package io.tare.heap.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.index.HeapClass;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The tables for hundreds of thousands of objects against those of the JDK. */
class KnownObjectsTest {
  private static final HeapClass CLASS = new HeapClass(0, 1, 0, "app.A", -1, 0, HeapClass.Kind.PLAIN, List.of(),
      new HeapClass.Offsets(new int[0]), 16);

  @Test
  void whatWasPutIsFoundAndNothingElse() {
    Random random = new Random(3);
    KnownObjects known = new KnownObjects();
    TreeMap<Integer, ObjectRecord> truth = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      // Neighbours, as objects of one kind have them, and some far away.
      int node = i % 3 == 0 ? 1 + random.nextInt(Integer.MAX_VALUE - 1) : i + 1;
      ObjectRecord record = new ObjectRecord.Array(i, CLASS, BasicType.BYTE, i, i, Content.NONE);
      if (i == 10_000) {
        known.expect(50_000);
      }
      known.put(node, record);
      truth.put(node, record);
    }
    truth.forEach((node, record) -> assertThat(known.get(node)).isSameAs(record));
    for (int i = 0; i < 20_000; i++) {
      int node = 1 + random.nextInt(Integer.MAX_VALUE - 1);
      assertThat(known.get(node)).isSameAs(truth.get(node));
    }
    assertThat(known.get(0)).isNull();
  }

  @Test
  void aSetOfNodesHoldsItsMembersWhetherTheyLieTogetherOrNot() {
    Random random = new Random(5);
    for (int span : new int[] {10, 1_000, 100_000, Integer.MAX_VALUE - 1}) {
      int[] some = random.ints(500, 1, 1 + span).toArray();
      TreeSet<Integer> truth = new TreeSet<>();
      for (int i = 0; i < 400; i++) {
        truth.add(some[i]);
      }
      int[] sorted = NodeSet.sorted(some, 400);
      assertThat(sorted).containsExactly(truth.stream().mapToInt(node -> node).toArray());
      NodeSet set = new NodeSet(sorted);
      for (int node : some) {
        for (int near = node - 65; near <= node + 65; near++) {
          assertThat(set.contains(near)).as("%d of %d", near, span).isEqualTo(truth.contains(near));
        }
      }
      assertThat(set.contains(0)).isFalse();
      assertThat(set.contains(Integer.MAX_VALUE)).isEqualTo(truth.contains(Integer.MAX_VALUE));
    }
    assertThat(new NodeSet(new int[0]).contains(1)).isFalse();
  }
}
