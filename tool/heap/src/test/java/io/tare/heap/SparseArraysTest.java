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

/** Arrays that are mostly empty: whose they are, and which field of the program has the most of them. */
class SparseArraysTest {
  private static final int SLOTS = 1024;

  @TempDir
  Path folder;

  private final DumpBuilder dump = DumpBuilder.withIdsOf(8).objectsPerSegment(10);
  private final long object = dump.addClass("java.lang.Object", 0);
  private final long nodes = dump.addClass("[Ljava.util.HashMap$Node;", object);
  private final long objects = dump.addClass("[Ljava.lang.Object;", object);
  private final long map = dump.addClass("java.util.HashMap", object, reference("table"), number("size"));
  private final long set = dump.addClass("java.util.HashSet", object, reference("map"));
  private final long list = dump.addClass("java.util.ArrayList", object, reference("elementData"), number("size"));

  private long map() {
    return dump.instance(map, sparse(nodes), 3);
  }

  private long sparse(long arrayClass) {
    long[] slots = new long[SLOTS];
    for (int i = 0; i < 3; i++) {
      slots[i] = dump.instance(object);
    }
    return dump.objectArray(arrayClass, slots);
  }

  private List<WasteLine> sparseArrays() throws Exception {
    Path file = dump.writeTo(folder.resolve("dump.hprof"));
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    return HeapAnalysis.analyse(file, options, HeapProgress.NONE).waste().stream()
        .filter(line -> line.kind().equals("sparse arrays")).toList();
  }

  @Test
  void theyGoByTheCollectionThatOwnsThemAndTheFieldThatHoldsTheMost() throws Exception {
    long session = dump.addClass("app.Session", object, reference("attributes"), reference("tags"));
    long many = dump.objectArray(objects, dump.instance(session, 0, dump.instance(set, map())),
        dump.instance(session, map(), 0), dump.instance(session, map(), 0), dump.instance(session, map(), 0));
    long inherited = dump.instance(list, sparse(objects), 3);
    long ring = dump.instance(dump.addClass("app.Ring", object, reference("slots")), sparse(objects));
    long holder = dump.addClass(dump.address(96), "app.Holder", object, 0,
        List.of(staticReference("CACHE", map()), staticReference("LIST", inherited), staticReference("RING", ring),
            staticReference("SESSIONS", many), staticReference("BARE", sparse(objects))),
        List.of());
    dump.root(Root.Kind.STICKY_CLASS, holder);

    List<WasteLine> lines = sparseArrays();
    assertThat(lines).extracting(WasteLine::what).containsExactlyInAnyOrder(
        "java.util.HashMap, most in app.Session.attributes", "java.util.ArrayList, most in app.Holder.LIST",
        "app.Ring, most in app.Ring.slots", "java.lang.Object[], most in app.Holder.BARE");
    assertThat(lines.getFirst().objects()).isEqualTo(5);
    long each = lines.getFirst().bytes() / 5;
    assertThat(each).isIn((SLOTS - 3) * 4L, (SLOTS - 3) * 8L);
    assertThat(lines).extracting(WasteLine::bytes).containsExactly(5 * each, each, each, each);
  }

  @Test
  void anArrayThatARootHoldsGoesByItsOwnClass() throws Exception {
    dump.root(Root.Kind.JNI_GLOBAL, sparse(objects));
    assertThat(sparseArrays()).extracting(WasteLine::what).containsExactly("java.lang.Object[]");
  }
}
