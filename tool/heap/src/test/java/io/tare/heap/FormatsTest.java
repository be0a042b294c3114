package io.tare.heap;

import static io.tare.heap.DumpBuilder.reference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.model.Problem;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.NativeOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
  @TempDir
  Path folder;

  private HeapSummary analyse(DumpBuilder dump) throws IOException, NotAHeapDump {
    return analyse(dump.toBytes(), ReferenceStrength.USUAL);
  }

  private HeapSummary analyse(byte[] dump, ReferenceStrength strength) throws IOException, NotAHeapDump {
    Path file = Files.write(folder.resolve("dump.hprof"), dump);
    return HeapAnalysis.analyse(file, new HeapOptions(Long.MAX_VALUE, folder, 2, strength), HeapProgress.NONE);
  }

  @ParameterizedTest
  @CsvSource({"1.0.1, 4", "1.0.1, 8", "1.0.2, 4", "1.0.2, 8", "1.0.3, 4", "1.0.3, 8"})
  void everyVersionAndSizeOfIdsTellsTheSameObjects(String version, int idBytes) throws Exception {
    HeapSummary summary = analyse(SmallHeap.dump(idBytes).version(version));
    HeapSummary inOneRecord = analyse(SmallHeap.dump(idBytes).version(version).unsegmented());
    assertThat(summary.reached().objects()).isGreaterThan(50);
    assertThat(inOneRecord.reached()).isEqualTo(summary.reached());
    assertThat(inOneRecord.suspects()).isEqualTo(summary.suspects());
    assertThat(inOneRecord.dump().truncated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
      "java.lang.ref.WeakReference, true, false, false, false",
      "java.lang.ref.SoftReference, false, true, false, false",
      "java.lang.ref.PhantomReference, false, false, true, false",
      "java.lang.ref.FinalReference, false, false, false, true"
  })
  void aSpecialReferenceHoldsIfItIsAskedTo(String className, boolean weak, boolean soft, boolean phantom, boolean fin)
      throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long object = dump.addClass("java.lang.Object", 0);
    long reference = dump.addClass("java.lang.ref.Reference", object, reference("referent"));
    long special = dump.addClass(className, reference);
    dump.root(Root.Kind.JNI_GLOBAL, dump.instance(special, dump.instance(object)));
    ReferenceStrength none = new ReferenceStrength(false, false, false, false);
    ReferenceStrength asked = new ReferenceStrength(weak, soft, phantom, fin);
    assertThat(analyse(dump.toBytes(), none).unreachable().objects()).isEqualTo(1);
    assertThat(analyse(dump.toBytes(), asked).unreachable().objects()).isZero();
  }

  @Test
  void referencesToNothingAreCountedAndLeft() throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long node = dump.addClass("app.Node", 0, reference("next"));
    dump.root(Root.Kind.JNI_GLOBAL, dump.instance(node, 0xdead_beef_0000L));
    dump.root(Root.Kind.JNI_GLOBAL, 0xdead_beef_0008L);
    HeapSummary summary = analyse(dump);
    assertThat(summary.reached().objects()).isEqualTo(2);
    assertThat(summary.problems()).extracting(Problem::message).contains("1 references point to no object of the dump");
  }

  @Test
  void recordsOfAndroidAreSkippedWithANote() throws Exception {
    DumpBuilder dump = SmallHeap.dump(4);
    long plain = analyse(dump).reached().objects();
    dump.root(Root.Kind.INTERNED_STRING, dump.byteArray(new byte[3]));
    HeapSummary summary = analyse(dump);
    assertThat(summary.reached().objects()).isEqualTo(plain + 1);
    assertThat(summary.problems()).extracting(Problem::message).anyMatch(text -> text.contains("Android"));
  }

  @Test
  void theNativeBytesOfEveryObjectCountHoweverManyThereAre() throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8).objectsPerSegment(50_000);
    long array = dump.addClass("[Ljava.lang.Object;", 0);
    long owner = dump.addClass("java.nio.DirectByteBuffer$Deallocator", 0,
        new DumpBuilder.Field("size", io.tare.heap.hprof.BasicType.LONG, 0));
    long[] owners = new long[120_000];
    for (int i = 0; i < owners.length; i++) {
      owners[i] = dump.instance(owner, 10);
    }
    dump.instance(owner, 1_000_000);
    dump.root(Root.Kind.JNI_GLOBAL, dump.objectArray(array, owners));
    assertThat(analyse(dump).nativeOwners())
        .containsExactly(new NativeOwner("direct buffers", "java.nio.DirectByteBuffer$Deallocator", 120_000, 1_200_000,
            "malloc behind direct buffers"));
  }

  @Test
  void temporaryFilesGoAwayWhenAnAnalysisFails() throws Exception {
    Path file = SmallHeap.dump(8).writeTo(folder.resolve("dump.hprof"));
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder).withMemory(0);
    HeapProgress failing = (step, done, total) -> {
      if (step.equals("answering")) {
        throw new IllegalStateException("no more");
      }
    };
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> HeapAnalysis.analyse(file, options, failing))
        .hasMessage("no more");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
