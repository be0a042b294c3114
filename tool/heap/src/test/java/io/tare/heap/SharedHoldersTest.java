package io.tare.heap;

import static io.tare.heap.DumpBuilder.reference;
import static io.tare.heap.DumpBuilder.staticReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.model.heap.Suspect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Heaps where several hold the same pile: each is named with its way, and nobody is told that clearing one would help. */
class SharedHoldersTest {
  @TempDir
  Path folder;

  /** A heap in the making: a pile of a hundred arrays in one, and those who hold it. */
  private static final class Heap {
    private final DumpBuilder dump = DumpBuilder.withIdsOf(8);
    private final long object = dump.addClass("java.lang.Object", 0);
    private final long array = dump.addClass("[Ljava.lang.Object;", object);
    private final long box = dump.addClass("app.Box", object, reference("content"), reference("second"));
    private final long weak = dump.addClass("java.lang.ref.WeakReference",
        dump.addClass("java.lang.ref.Reference", object, reference("referent")));
    private final long thread = dump.addClass("java.lang.Thread", object, reference("name"), reference("task"));
    private final long pile = pile();
    private int threads;

    private long pile() {
      long[] entries = new long[100];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = dump.byteArray(new byte[1000]);
      }
      return dump.objectArray(array, entries);
    }

    private long box(long content) {
      return dump.instance(box, content, 0);
    }

    private Heap inStatic(String className, String field, long held) {
      dump.root(Root.Kind.STICKY_CLASS,
          dump.addClass(dump.address(96), className, object, 0, List.of(staticReference(field, held)), List.of()));
      return this;
    }

    private Heap inLocal(long held) {
      int serial = ++threads;
      dump.root(Root.Kind.THREAD, dump.instance(thread, 0, 0), serial, serial);
      dump.root(Root.Kind.JAVA_FRAME, held, serial, 0);
      dump.stack(serial, serial, "run" + serial);
      return this;
    }

    private Heap inThread(long held) {
      int serial = ++threads;
      dump.root(Root.Kind.THREAD, dump.instance(thread, 0, held), serial, serial);
      return this;
    }
  }

  private record Shared(String name, Heap heap, List<String> holders) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Shared shared(String name, Heap heap, String... holders) {
    return new Shared(name, heap, List.of(holders));
  }

  static Stream<Shared> heapsWithSeveralHolders() {
    List<Shared> all = new ArrayList<>();
    Heap fields = new Heap();
    all.add(shared("two static fields", fields.inStatic("app.A", "X", fields.pile).inStatic("app.B", "Y", fields.pile),
        "static field app.A.X", "static field app.B.Y"));
    Heap local = new Heap();
    all.add(shared("a static field and a local variable", local.inStatic("app.A", "X", local.pile).inLocal(local.pile),
        "static field app.A.X", "local variable"));
    Heap locals = new Heap();
    all.add(shared("local variables of two threads", locals.inLocal(locals.pile).inLocal(locals.pile),
        "local variable in", "local variable in"));
    Heap three = new Heap();
    all.add(shared("three static fields",
        three.inStatic("app.A", "X", three.pile).inStatic("app.B", "Y", three.pile).inStatic("app.C", "Z", three.pile),
        "static field app.A.X", "static field app.B.Y", "static field app.C.Z"));
    Heap deep = new Heap();
    all.add(shared("one near and one far", deep.inStatic("app.A", "X", deep.box(deep.box(deep.box(deep.pile))))
        .inStatic("app.B", "Y", deep.box(deep.pile)), "static field app.B.Y → content",
        "static field app.A.X → content → content → content"));
    Heap global = new Heap();
    global.dump.root(Root.Kind.JNI_GLOBAL, global.pile);
    all.add(shared("a root and a static field", global.inStatic("app.A", "X", global.pile), "JNI global reference",
        "static field app.A.X"));
    Heap registry = new Heap();
    all.add(shared("two fields of one object", registry.inStatic("app.Registry", "ALL",
        registry.dump.instance(registry.box, registry.box(registry.pile), registry.box(registry.pile))),
        "static field app.Registry.ALL → content → content", "static field app.Registry.ALL → second → content"));
    Heap field = new Heap();
    all.add(shared("a thread's field and a static field", field.inThread(field.pile).inStatic("app.A", "X", field.pile),
        "task", "static field app.A.X"));
    Heap element = new Heap();
    all.add(shared("an element and a field",
        element.inStatic("app.A", "X", element.dump.objectArray(element.array, 0, 0, 0, element.pile))
            .inStatic("app.B", "Y", element.box(element.pile)),
        "static field app.B.Y → content",
        "static field app.A.X → [3]"));
    Heap above = new Heap();
    long both = above.box(above.pile);
    all.add(shared("what holds the pile is held twice", above.inStatic("app.A", "X", both).inLocal(both),
        "static field app.A.X", "local variable"));
    return all.stream();
  }

  private Suspect first(Heap heap) throws Exception {
    Path dump = heap.dump.writeTo(folder.resolve("shared.hprof"));
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    return HeapAnalysis.analyse(dump, options, HeapProgress.NONE).suspects().getFirst();
  }

  @ParameterizedTest
  @MethodSource("heapsWithSeveralHolders")
  void everyHolderIsNamed(Shared shared) throws Exception {
    Suspect suspect = first(shared.heap());
    List<String> named = new ArrayList<>(List.of(suspect.holder()));
    suspect.otherWays().forEach(way -> named.add(way.holder()));
    assertThat(named).hasSameSizeAs(shared.holders());
    for (String holder : shared.holders()) {
      assertThat(named.removeIf(name -> name.contains(holder)) || named.isEmpty()).as("%s in %s", holder, suspect)
          .isTrue();
    }
    assertThat(named).isEmpty();
    assertThat(suspect.summary()).endsWith("clearing only one of them frees nothing").contains(" each keep ");
    assertThat(suspect.piledUpClass()).isEqualTo("byte[]");
  }

  @Test
  void whatTheHeldObjectsThemselvesReferToHoldsNothing() throws Exception {
    Heap heap = new Heap();
    long outer = heap.dump.address(32);
    heap.dump.instanceAt(outer, heap.box, heap.pile, heap.box(outer));
    Suspect suspect = first(heap.inStatic("app.A", "X", outer));
    assertThat(suspect.otherWays()).isEmpty();
    assertThat(suspect.summary()).startsWith("static field app.A.X → content keeps ");
  }

  @Test
  void aWeakReferenceHoldsNothing() throws Exception {
    Heap heap = new Heap();
    heap.inStatic("app.A", "X", heap.pile).inStatic("app.B", "Y", heap.dump.instance(heap.weak, heap.pile));
    assertThat(first(heap).otherWays()).isEmpty();
  }
}
