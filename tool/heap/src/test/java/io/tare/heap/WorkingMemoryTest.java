package io.tare.heap;

import static io.tare.heap.DumpBuilder.reference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.Summariser;
import io.tare.heap.hprof.HeapVisitor.Root;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingMemoryTest {
  private static final int OBJECTS = 200_000;
  /** Measured; a change that needs more has to say why, one that needs less lowers it. */
  private static final double BYTES_PER_OBJECT = 23.2;

  @TempDir
  Path folder;

  @Test
  void anAnalysisTakesAsManyBytesPerObjectAsItDid() throws Exception {
    Path dump = mixedHeap().writeTo(folder.resolve("mixed.hprof"));
    try (Analysed analysed = new Analysed(dump, folder)) {
      HeapView view = new HeapView(analysed.graph, analysed.reach, analysed.tree,
          new ObjectReader(analysed.graph.index()));
      Summariser.summarise(view, analysed.storage, analysed.problems);
      double bytesPerObject = (double) analysed.storage.peakBytes() / analysed.graph.objects();
      assertThat(bytesPerObject).isCloseTo(BYTES_PER_OBJECT, Percentage.withPercentage(5));
    }
  }

  /** Small objects that refer to two others, some of them shared, with arrays of bytes between them. */
  private static DumpBuilder mixedHeap() {
    Random random = new Random(1);
    DumpBuilder dump = DumpBuilder.withIdsOf(8).objectsPerSegment(20_000);
    long node = dump.addClass("app.Node", 0, reference("left"), reference("right"), reference("data"));
    dump.addClass("[B", 0);
    long[] made = new long[OBJECTS / 2];
    for (int i = 0; i < made.length; i++) {
      long shared = i == 0 || random.nextInt(10) > 0 ? 0 : made[random.nextInt(i)];
      byte[] data = new byte[random.nextInt(40)];
      random.nextBytes(data);
      made[i] = dump.instance(node, i == 0 ? 0 : made[(i - 1) / 3], shared, dump.byteArray(data));
    }
    for (int i = made.length / 3; i < made.length; i++) {
      if (i % 50 == 0) {
        dump.root(Root.Kind.JNI_GLOBAL, made[i]);
      }
    }
    return dump;
  }
}
