package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.answers.HeapView;
import io.tare.heap.compare.HeapComparison;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.heap.lookup.ClassLookup;
import io.tare.heap.lookup.CollectionLookup;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.lookup.ObjectLookup;
import io.tare.heap.query.Query;
import io.tare.heap.query.QueryError;
import io.tare.heap.query.QueryRun;
import io.tare.heap.store.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every question has an answer or a reason for none, whatever is wrong with the dump. */
@Tag("slow")
class DamagedQuestionsTest {
  private static final int HEADER = 31;
  private static final int STEP = Integer.getInteger("damaged.step", 37);

  @TempDir
  Path folder;

  private void ask(byte[] dump) throws Exception {
    Path file = Files.write(folder.resolve("dump.hprof"), dump);
    HeapOptions options = new HeapOptions(Long.MAX_VALUE, folder, 1, ReferenceStrength.USUAL);
    boolean answered = HeapAnalysis.<Boolean, Exception>ask(file, options, HeapProgress.NONE,
        (view, storage, problems) -> everything(view, storage, problems));
    assertThat(answered).isTrue();
  }

  private static boolean everything(HeapView view, Storage storage, ProblemLog problems) throws QueryError {
    try {
      ClassLookup.of("*", view);
      CollectionLookup.of("", view, storage, problems);
      for (int node = 1; node <= view.graph().objects(); node += 17) {
        ObjectLookup.of(view.address(node), view, storage);
      }
    } catch (NotInDump empty) {
      assertThat(empty).hasMessageContaining("in this dump");
    }
    QueryRun.run(Query.parse("SELECT s, toString(s), s.@length, s.@heldBy, s.@displayName, dominatorof(s), s.value[0],"
        + " classof(s).@name, s.next.next.payload FROM \".*\" s WHERE s.@usedHeapSize >= 0 ORDER BY s.@retainedHeapSize"),
        view, true);
    return true;
  }

  @Test
  void everyByteMayBeWrong() throws Exception {
    for (int idBytes : new int[] {8}) {
      byte[] dump = SmallHeap.dump(idBytes).toBytes();
      Random random = new Random(11);
      for (int at = HEADER + idBytes; at < dump.length; at += STEP) {
        byte[] wrong = dump.clone();
        wrong[at] = (byte) (at % 3 == 0 ? 0xff : at % 3 == 1 ? 0x00 : random.nextInt());
        ask(wrong);
      }
    }
  }

  @Test
  void theDumpMayBeCutAnywhere() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    for (int length = HEADER; length < dump.length; length += STEP) {
      ask(Arrays.copyOf(dump, length));
    }
  }

  @Test
  void aCutDumpIsComparedWithTheWholeOne() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    Path whole = Files.write(folder.resolve("whole.hprof"), dump);
    for (int length = HEADER; length < dump.length; length += 5 * STEP) {
      Path cut = Files.write(folder.resolve("cut.hprof"), Arrays.copyOf(dump, length));
      assertThat(HeapComparison.compare(cut, whole, HeapOptions.usual().withTemporaryFolder(folder),
          HeapProgress.NONE).objects().after()).isPositive();
    }
  }
}
