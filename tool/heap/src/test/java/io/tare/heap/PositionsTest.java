package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.graph.HeapGraph;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.hprof.OutlineReader;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.heap.index.Passes;
import io.tare.heap.store.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object is looked for in a small part of the file, and is there. */
class PositionsTest {
  private static final int OBJECTS = 5_000;
  private static final int NEIGHBOURS = 32;

  @TempDir
  Path folder;

  @Test
  void thePartAroundAnObjectHoldsItAndIsSmall() throws Exception {
    DumpBuilder builder = DumpBuilder.withIdsOf(8).objectsPerSegment(2 * OBJECTS);
    long type = builder.addClass("app.Thing", 0);
    long first = builder.instance(type);
    for (int i = 1; i < OBJECTS; i++) {
      builder.instance(type);
    }
    ProblemLog problems = new ProblemLog();
    try (Storage storage = new Storage(Long.MAX_VALUE, folder);
        DumpFile file = DumpFile.open(builder.writeTo(folder.resolve("a.hprof")), folder, problems)) {
      Outline outline = OutlineReader.read(file, problems);
      Passes passes = new Passes(file, outline.header().idBytes(), problems, 2, done -> {});
      DumpIndex index = DumpIndex.build(outline, passes, ReferenceStrength.USUAL, storage).forSingleObjects(storage);
      HeapGraph.build(index, storage);
      int from = index.objects().find(first);
      int recordBytes = 1 + 8 + 4 + 8 + 4;
      int checked = 0;
      for (int node = from + NEIGHBOURS; node < from + OBJECTS - 2 * NEIGHBOURS; node += 7) {
        List<Segment> parts = index.partsAround(new int[] {node});
        assertThat(parts).hasSize(1);
        assertThat(parts.getFirst().to() - parts.getFirst().from()).isEqualTo((long) NEIGHBOURS * recordBytes);
        assertThat(objectsIn(parts, passes)).contains(index.objects().idOf(node)).hasSize(NEIGHBOURS);
        checked++;
      }
      assertThat(checked).isEqualTo(701);
      assertThat(problems.toList()).isEmpty();
    }
  }

  private static Set<Long> objectsIn(List<Segment> parts, Passes passes) {
    Set<Long> found = ConcurrentHashMap.newKeySet();
    passes.walk(parts, () -> new HeapVisitor() {
      @Override
      public void instance(long id, long classId, Window values, int length) {
        found.add(id);
      }
    });
    return found;
  }
}
