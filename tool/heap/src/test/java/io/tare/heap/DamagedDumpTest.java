package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.model.heap.HeapSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DamagedDumpTest {
  private static final int HEADER = 31;
  private static final int STEP = Integer.getInteger("damaged.step", 7);

  @TempDir
  Path folder;

  private HeapSummary analyse(byte[] dump) throws IOException, NotAHeapDump {
    Path file = Files.write(folder.resolve("dump.hprof"), dump);
    HeapOptions options = new HeapOptions(Long.MAX_VALUE, folder, 1, ReferenceStrength.USUAL);
    return HeapAnalysis.analyse(file, options, HeapProgress.NONE);
  }

  @Test
  void aTruncatedDumpKeepsTheObjectsBeforeTheCut() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    long whole = everything(analyse(dump));
    long previous = 0;
    for (int length = HEADER; length < dump.length; length += STEP) {
      HeapSummary summary = analyse(Arrays.copyOf(dump, length));
      assertThat(everything(summary)).as("cut at %d", length).isBetween(previous, whole);
      assertThat(summary.dump().truncated() || summary.reached().objects() == 0).as("cut at %d", length).isTrue();
      previous = everything(summary);
    }
  }

  @Test
  void aTinyDumpMayBeCutAtEveryByteAndHaveAnyTag() throws Exception {
    DumpBuilder tiny = DumpBuilder.withIdsOf(8);
    long node = tiny.addClass("N", 0, DumpBuilder.reference("n"));
    long array = tiny.objectArray(tiny.addClass("[LN;", 0), tiny.instance(node, 0), tiny.byteArray(new byte[3]));
    tiny.root(io.tare.heap.hprof.HeapVisitor.Root.Kind.JNI_GLOBAL, array);
    byte[] dump = tiny.toBytes();
    for (int length = HEADER; length < dump.length; length++) {
      assertThat(everything(analyse(Arrays.copyOf(dump, length)))).as("cut at %d", length).isBetween(0L, 5L);
    }
    for (int at = HEADER; at < dump.length; at++) {
      for (int tag : new int[] {0x01, 0x0c, 0x1c, 0x20, 0x21, 0x22, 0x23, 0xfe, 0xff}) {
        byte[] wrong = dump.clone();
        wrong[at] = (byte) tag;
        assertThat(analyse(wrong).dump().idBytes()).as("byte %d as 0x%x", at, tag).isEqualTo(8);
      }
    }
  }

  private static long everything(HeapSummary summary) {
    return summary.reached().objects() + summary.unreachable().objects();
  }

  @Test
  void aDumpCutInsideItsHeaderIsNoHeapDump() {
    byte[] dump = SmallHeap.dump(8).toBytes();
    for (int length = 0; length < HEADER; length++) {
      byte[] start = Arrays.copyOf(dump, length);
      assertThatThrownBy(() -> analyse(start)).isInstanceOf(NotAHeapDump.class);
    }
  }

  @Test
  void everyByteMayBeWrongAndStillThereIsAnAnswer() throws Exception {
    for (int idBytes : new int[] {8}) {
      byte[] dump = SmallHeap.dump(idBytes).toBytes();
      Random random = new Random(7);
      // A prime step, another start for each size of ids: all kinds of places, in seconds.
      for (int at = HEADER + idBytes; at < dump.length; at += STEP) {
        byte[] wrong = dump.clone();
        wrong[at] = (byte) (at % 3 == 0 ? 0xff : at % 3 == 1 ? 0x00 : random.nextInt());
        assertThat(analyse(wrong).dump().idBytes()).as("byte %d", at).isEqualTo(idBytes);
      }
    }
  }

  @Test
  void somethingElseIsNoHeapDump() {
    assertThatThrownBy(() -> analyse("PK\3\4 a zip file, say".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
        .isInstanceOf(NotAHeapDump.class).hasMessageContaining("JAVA PROFILE");
  }

  @Test
  void aCompressedDumpSaysTheSame() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(dump);
    }
    assertThat(analyse(compressed.toByteArray())).isEqualTo(analyse(dump));
  }

  @Test
  void aCompressedDumpThatIsCutOffSaysSo() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(dump);
    }
    byte[] cut = Arrays.copyOf(compressed.toByteArray(), compressed.size() * 2 / 3);
    HeapSummary summary = analyse(cut);
    assertThat(summary.problems()).anyMatch(problem -> problem.message().contains("damaged or cut off"));
  }

  @Test
  void superClassesInACircleAreLeft() throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long first = dump.address(96);
    long second = dump.addClass("app.Second", first, DumpBuilder.reference("b"));
    dump.addClass(first, "app.First", second, 0, java.util.List.of(), java.util.List.of(DumpBuilder.reference("a")));
    dump.root(io.tare.heap.hprof.HeapVisitor.Root.Kind.JNI_GLOBAL, second);
    assertThat(analyse(dump.toBytes()).reached().objects()).isEqualTo(2);
  }

  @Test
  void temporaryFilesLeaveNothingBehind() throws Exception {
    byte[] dump = SmallHeap.dump(8).toBytes();
    analyse(dump);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("dump.hprof");
    }
  }
}
