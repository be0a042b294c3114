package io.tare.heap;

import static io.tare.heap.DumpBuilder.number;
import static io.tare.heap.DumpBuilder.reference;
import static io.tare.heap.DumpBuilder.staticReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.model.heap.WasteLine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections with nothing or one thing in them go by their class and the field that holds them; classes that are loaded twice by name. */
class WasteKindsTest {
  @TempDir
  Path folder;

  private final DumpBuilder dump = DumpBuilder.withIdsOf(8);
  private final long object = dump.addClass("java.lang.Object", 0);
  private final long objects = dump.addClass("[Ljava.lang.Object;", object);
  private final long list = dump.addClass("java.util.ArrayList", object, reference("elementData"), number("size"));
  private final long order = dump.addClass("app.Order", object, reference("lines"), reference("notes"));

  private List<WasteLine> waste(String kind) throws Exception {
    Path file = dump.writeTo(folder.resolve("dump.hprof"));
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    return HeapAnalysis.analyse(file, options, HeapProgress.NONE).waste().stream()
        .filter(line -> line.kind().equals(kind)).toList();
  }

  private void hold(long... held) {
    dump.root(Root.Kind.STICKY_CLASS, dump.addClass(dump.address(96), "app.Holder", object, 0,
        List.of(staticReference("ALL", dump.objectArray(objects, held))), List.of()));
  }

  private long listOf(int size, int slots) {
    long[] elements = new long[slots];
    for (int i = 0; i < size; i++) {
      elements[i] = dump.instance(object);
    }
    return dump.instance(list, dump.objectArray(objects, elements), size);
  }

  @Test
  void collectionsOfOneElementCountWithWhatTheirArrayHasTooMany() throws Exception {
    hold(dump.instance(order, listOf(1, 10), 0), dump.instance(order, listOf(1, 10), 0),
        dump.instance(order, listOf(2, 10), 0), dump.instance(order, listOf(1, 1), 0));
    assertThat(waste("collections of one element")).singleElement().satisfies(line -> {
      assertThat(line.what()).isEqualTo("java.util.ArrayList, most in app.Order.lines");
      assertThat(line.objects()).isEqualTo(2);
      assertThat(line.bytes()).as("arrays of 10 references beside the smallest there is").isIn(2L * (56 - 24),
          2L * (96 - 24));
      assertThat(line.remedy()).contains("List.of");
    });
  }

  @Test
  void emptyCollectionsGoByTheFieldThatHoldsThem() throws Exception {
    hold(dump.instance(order, 0, listOf(0, 10)), dump.instance(order, 0, listOf(0, 10)),
        dump.instance(order, 0, dump.instance(list, 0, 0)));
    assertThat(waste("empty collections")).singleElement().satisfies(line -> {
      assertThat(line.what()).isEqualTo("java.util.ArrayList, most in app.Order.notes");
      assertThat(line.objects()).isEqualTo(3);
    });
  }

  @Test
  void aClassThatTwoLoadersHaveLoadedIsThereTwice() throws Exception {
    long loader = dump.addClass("java.lang.ClassLoader", object, reference("name"));
    long[] loaders = {dump.instance(loader, 0), dump.instance(loader, 0)};
    for (long one : loaders) {
      dump.root(Root.Kind.STICKY_CLASS,
          dump.addClass(dump.address(96), "app.Plugin", object, one, List.of(), List.of()));
    }
    hold(loaders);
    assertThat(waste("duplicate classes")).singleElement().satisfies(line -> {
      assertThat(line.what()).isEqualTo("app.Plugin, by 2 loaders");
      assertThat(line.objects()).isEqualTo(1);
      assertThat(line.bytes()).isPositive();
    });
  }
}
