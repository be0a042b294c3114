package io.tare.heap.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.Analysed;
import io.tare.heap.DumpBuilder;
import io.tare.heap.index.DumpIndex.ObjectIndex;
import io.tare.heap.index.DumpIndex.ObjectIndex.Ascending;
import io.tare.heap.index.Shapes;
import io.tare.heap.store.Bits;
import io.tare.heap.store.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick ways over many objects find what asking for each of them finds. */
class ObjectScanTest {
  /** More than there are short numbers. */
  private static final int SHAPES = 70_000;

  @TempDir
  Path folder;

  @Test
  void theObjectsOfSomeShapesAreThoseThatHaveThem() {
    Random random = new Random(11);
    try (Storage storage = new Storage(Long.MAX_VALUE, folder)) {
      // Ends in the middle of four, at the end of four, at the end of sixty-four, and right behind it.
      for (int objects : new int[] {0, 1, 61, 62, 63, 64, 65, 127, 128, 5_003}) {
        Shapes shapes = new Shapes(storage, objects);
        for (int i = 1; i <= SHAPES; i++) {
          shapes.number(i % 1000, 8L * i);
        }
        Bits among = new Bits(storage, objects + 1L);
        for (int node = 1; node <= objects; node++) {
          shapes.set(node, 1 + (random.nextInt(3) == 0 ? SHAPES - 1 - random.nextInt(100) : random.nextInt(100)));
          if (random.nextBoolean()) {
            among.set(node);
          }
        }
        boolean[] wanted = new boolean[shapes.count()];
        for (int i = 1; i < wanted.length; i++) {
          wanted[i] = random.nextInt(3) == 0;
        }
        List<Integer> all = new ArrayList<>();
        List<Integer> some = new ArrayList<>();
        for (int node = 1; node <= objects; node++) {
          if (wanted[shapes.shapeOf(node)]) {
            all.add(node);
            if (among.get(node)) {
              some.add(node);
            }
          }
        }
        assertThat(found(new ObjectScan(shapes, wanted, Optional.empty()))).as("%d objects", objects).isEqualTo(all);
        assertThat(found(new ObjectScan(shapes, wanted, Optional.of(among)))).as("%d objects", objects).isEqualTo(some);
      }
    }
  }

  private static List<Integer> found(ObjectScan scan) {
    List<Integer> found = new ArrayList<>();
    scan.each(found::add);
    assertThat(scan.next()).as("the end stays the end").isZero();
    return found;
  }

  @Test
  void addressesInARowAreThoseThatAreAskedForOneByOne() throws Exception {
    for (long farAway : new long[] {1L << 24, 1L << 45}) {
      DumpBuilder builder = DumpBuilder.withIdsOf(8);
      long type = builder.addClass("app.Thing", 0);
      for (int i = 0; i < 20_000; i++) {
        builder.instance(type);
        if (i % 5_000 == 4_999) {
          builder.skipAddressesTo(builder.address(8) + farAway);
        }
      }
      try (Analysed analysed = new Analysed(builder.writeTo(folder.resolve("far.hprof")), folder)) {
        ObjectIndex objects = analysed.graph.index().objects();
        for (int step : new int[] {1, 2, 7, 64, 1_000, 9_999}) {
          Ascending ascending = objects.ascending();
          for (int node = 1; node <= objects.size(); node += step) {
            assertThat(ascending.idOf(node)).as("%d by %d", node, step).isEqualTo(objects.idOf(node));
          }
          assertThat(ascending.idOf(1)).as("from the beginning again").isEqualTo(objects.idOf(1));
        }
      }
    }
  }
}
