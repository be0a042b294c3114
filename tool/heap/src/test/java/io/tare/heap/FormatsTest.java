package io.tare.heap;

import static io.tare.heap.DumpBuilder.reference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.model.Problem;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.NativeBridge.NativeOwner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
  @CsvSource({"1.0.1", "1.0.2"})
  void everyVersionTellsTheSameObjects(String version) throws Exception {
    HeapSummary summary = analyse(SmallHeap.dump(8).version(version));
    HeapSummary inOneRecord = analyse(SmallHeap.dump(8).version(version).unsegmented());
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
  void dumpsOfVmsWhoseSizesAreNotKnownAreRefusedByName() {
    assertThatThrownBy(() -> analyse(SmallHeap.dump(4))).isInstanceOf(NotAHeapDump.class)
        .hasMessageStartingWith("a heap dump of a 32-bit VM");
    assertThatThrownBy(() -> analyse(SmallHeap.dump(4).version("1.0.3"))).isInstanceOf(NotAHeapDump.class)
        .hasMessageStartingWith("a heap dump of Android");
    Path portable = folder.resolve("dump.phd");
    assertThatThrownBy(() -> {
      Files.writeString(portable, "\0\22portable heap dump\0\0\0\6 and more, as long as headers are",
          StandardCharsets.ISO_8859_1);
      HeapAnalysis.analyse(portable, HeapOptions.usual(), HeapProgress.NONE);
    }).isInstanceOf(NotAHeapDump.class).hasMessageStartingWith("a dump in OpenJ9's portable format (PHD)");
  }

  @Test
  void withoutRootsClassesThreadsAndLoadersStandInForThem() throws Exception {
    byte[] whole = rootsLast().toBytes();
    HeapSummary summary = analyse(rootsLast());
    Path cut = Files.write(folder.resolve("cut.hprof"), Arrays.copyOf(whole, whole.length - 9 - 2 * 10));
    HeapSummary withoutRoots = HeapAnalysis.analyse(cut, HeapOptions.usual().withTemporaryFolder(folder),
        HeapProgress.NONE);
    assertThat(summary.dump().rootsLost()).isFalse();
    assertThat(withoutRoots.dump().rootsLost()).isTrue();
    assertThat(withoutRoots.dump().truncated()).isTrue();
    assertThat(withoutRoots.reached()).isEqualTo(summary.reached());
    assertThat(withoutRoots.suspects().getFirst().summary()).isEqualTo(summary.suspects().getFirst().summary())
        .startsWith("static field app.Cache.ENTRIES keeps");
  }

  /** As JDK 17 writes them. */
  private static DumpBuilder rootsLast() {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long object = dump.addClass("java.lang.Object", 0);
    long array = dump.addClass("[Ljava.lang.Object;", object);
    long thread = dump.addClass("java.lang.Thread", object, DumpBuilder.reference("name"));
    long[] entries = new long[50];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = dump.byteArray(new byte[1000]);
    }
    long cache = dump.addClass(dump.address(96), "app.Cache", object, 0,
        List.of(DumpBuilder.staticReference("ENTRIES", dump.objectArray(array, entries))), List.of());
    long main = dump.instance(thread, 0);
    for (long known : new long[] {object, array, thread, main}) {
      dump.root(Root.Kind.UNKNOWN, known);
    }
    dump.root(Root.Kind.STICKY_CLASS, cache);
    return dump;
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
