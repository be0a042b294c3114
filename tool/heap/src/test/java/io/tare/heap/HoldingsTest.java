package io.tare.heap;

import static io.tare.heap.DumpBuilder.reference;
import static io.tare.heap.DumpBuilder.staticReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.model.heap.Holding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldingsTest {
  @TempDir
  Path folder;

  private List<Holding> holdings(DumpBuilder dump, String kind) throws Exception {
    Path file = dump.writeTo(folder.resolve("dump.hprof"));
    return HeapAnalysis.analyse(file, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE).holdings()
        .stream().filter(holding -> holding.kind().equals(kind)).toList();
  }

  private static DumpBuilder specialReferences(String className, int count) {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long object = dump.addClass("java.lang.Object", 0);
    long handle = dump.addClass("app.Handle", object, reference("state"));
    long reference = dump.addClass("java.lang.ref.Reference", object, reference("referent"));
    long special = dump.addClass(className, reference);
    for (int i = 0; i < count; i++) {
      dump.root(Root.Kind.JNI_GLOBAL, dump.instance(special, dump.instance(handle, 0)));
    }
    dump.root(Root.Kind.JNI_GLOBAL, dump.instance(special, 0));
    return dump;
  }

  @Test
  void theFinalizerQueueNamesWhatIsWaiting() throws Exception {
    assertThat(holdings(specialReferences("java.lang.ref.FinalReference", 5), "finalizer queue")).singleElement()
        .satisfies(holding -> {
          assertThat(holding.name()).isEqualTo("app.Handle");
          assertThat(holding.objects()).isEqualTo(5);
        });
  }

  @Test
  void softReferencesNameWhatTheyCache() throws Exception {
    assertThat(holdings(specialReferences("java.lang.ref.SoftReference", 3), "soft references")).singleElement()
        .satisfies(holding -> {
          assertThat(holding.name()).isEqualTo("app.Handle in java.lang.ref.SoftReference");
          assertThat(holding.objects()).isEqualTo(3);
          assertThat(holding.retainedBytes()).isPositive();
        });
  }

  @Test
  void threadLocalsAreCountedByTheClassOfTheirValues() throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long object = dump.addClass("java.lang.Object", 0);
    long entry = dump.addClass("java.lang.ThreadLocal$ThreadLocalMap$Entry", object, reference("value"));
    long buffer = dump.addClass("app.Buffer", object, reference("bytes"));
    for (int i = 0; i < 4; i++) {
      dump.root(Root.Kind.JNI_GLOBAL, dump.instance(entry, dump.instance(buffer, dump.byteArray(new byte[100]))));
    }
    assertThat(holdings(dump, "thread-local")).singleElement().satisfies(holding -> {
      assertThat(holding.name()).isEqualTo("app.Buffer");
      assertThat(holding.objects()).isEqualTo(4);
      assertThat(holding.retainedBytes()).isGreaterThan(400);
    });
  }

  @Test
  void aLoaderWithoutObjectsOfItsClassesIsCalledSoAndWhatKeepsItIsNamed() throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long object = dump.addClass("java.lang.Object", 0);
    long loaderClass = dump.addClass("java.lang.ClassLoader", object, reference("name"));
    long dead = dump.instance(loaderClass, 0);
    long alive = dump.instance(loaderClass, 0);
    dump.addClass(dump.address(96), "plugin.Dead", object, dead, List.of(), List.of());
    long used = dump.address(96);
    dump.addClass(used, "plugin.Used", object, alive, List.of(), List.of());
    long holder = dump.addClass(dump.address(96), "app.Registry", object, 0,
        List.of(staticReference("OLD", dead), staticReference("NEW", dump.instance(used))), List.of());
    dump.root(Root.Kind.STICKY_CLASS, holder);
    assertThat(holdings(dump, "class loader")).hasSize(2)
        .anySatisfy(holding -> assertThat(holding.details())
            .isEqualTo("no object of its classes is left; kept by static field app.Registry.OLD"))
        .anySatisfy(holding -> assertThat(holding.details()).startsWith("kept by"));
  }
}
