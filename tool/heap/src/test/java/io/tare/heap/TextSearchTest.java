package io.tare.heap;

import static io.tare.heap.DumpBuilder.reference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.query.Query;
import io.tare.heap.query.QueryRun;
import io.tare.model.heap.HeapValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conditions on the texts of so many strings that they are judged while the file is walked over. */
class TextSearchTest {
  private static final int STRINGS = 30_000;

  @TempDir
  Path folder;

  private long count(HeapView view, String query) throws Exception {
    return ((HeapValue.Whole) QueryRun.run(Query.parse(query), view, true).rows().getFirst().getFirst()).number();
  }

  @Test
  void conditionsOnTextsHoldForTheRightStringsAndAreNotReadOneByOne() throws Exception {
    Path dump = manyStrings().writeTo(folder.resolve("strings.hprof"));
    try (Analysed analysed = new Analysed(dump, folder)) {
      HeapView view = new HeapView(analysed.graph, analysed.reach, analysed.tree,
          new ObjectReader(analysed.graph.index()));
      long before = analysed.file.reads();
      long tens = STRINGS / 10;
      assertThat(count(view, "SELECT count(*) FROM java.lang.String s WHERE toString(s) LIKE 'text .*0'"))
          .isEqualTo(tens);
      assertThat(count(view, "SELECT count(*) FROM java.lang.String s WHERE s NOT LIKE 'text .*'"))
          .as("the one without an array too").isEqualTo(tens + 1);
      assertThat(count(view, "SELECT count(*) FROM java.lang.String s WHERE s LIKE 'größer .*'")).isEqualTo(tens - 1);
      assertThat(count(view, "SELECT count(*) FROM java.lang.String s WHERE s LIKE '\\u03c0 .*1'")).isEqualTo(1);
      assertThat(count(view, "SELECT count(*) FROM java.lang.String s WHERE 'text 20' = s")).isEqualTo(1);
      assertThat(count(view, "SELECT count(*) FROM java.lang.String s WHERE s != 'text 20'")).isEqualTo(STRINGS);
      assertThat(count(view, "SELECT count(*) FROM java.lang.String s WHERE s IN ('text 20', 'text 30', 'no')"))
          .isEqualTo(2);
      assertThat(count(view, "SELECT count(*) FROM app.Named n WHERE n.name LIKE 'text .*0' OR n.name = null"))
          .as("fields are followed; null fits nothing but null").isEqualTo(tens + 1);
      assertThat(count(view, "SELECT count(*) FROM app.Named n WHERE n.name != 'text 20'")).isEqualTo(STRINGS);
      assertThat(analysed.file.reads() - before).as("reads of the file").isLessThan(STRINGS / 10);
    }
  }

  @Test
  void lengthsAreNotReadOneByOneEither() throws Exception {
    Path dump = manyStrings().writeTo(folder.resolve("strings.hprof"));
    try (Analysed analysed = new Analysed(dump, folder)) {
      HeapView view = new HeapView(analysed.graph, analysed.reach, analysed.tree,
          new ObjectReader(analysed.graph.index()));
      long before = analysed.file.reads();
      assertThat(count(view, "SELECT count(*) FROM java.lang.String s WHERE s.@length < 7")).isEqualTo(10);
      assertThat(analysed.file.reads() - before).as("reads of the file").isLessThan(STRINGS / 10);
    }
  }

  @Test
  void longStringsAndArraysThatAreReadInTwoWaysAreJudgedAsWhatTheyAre() throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8).objectsPerSegment(500);
    dump.addClass("[B", 0);
    long string = dump.addClass("java.lang.String", 0, reference("value"),
        new DumpBuilder.Field("coder", BasicType.BYTE, 0));
    String tail = "x".repeat(300);
    for (int i = 0; i < 12_000; i++) {
      boolean isLong = i % 1000 == 3;
      boolean isWide = i % 1000 == 4 || i % 2000 == 3;
      String text = "text " + i + (isLong ? tail : "");
      byte[] letters = text.getBytes(isWide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1);
      long array = dump.byteArray(letters);
      dump.root(Root.Kind.JNI_GLOBAL, dump.instance(string, array, isWide ? 1 : 0));
    }
    long shared = dump.byteArray((byte) 'a', (byte) 'b');
    dump.root(Root.Kind.JNI_GLOBAL, dump.instance(string, shared, 0));
    dump.root(Root.Kind.JNI_GLOBAL, dump.instance(string, shared, 1));
    try (Analysed analysed = new Analysed(dump.writeTo(folder.resolve("long.hprof")), folder)) {
      HeapView view = new HeapView(analysed.graph, analysed.reach, analysed.tree,
          new ObjectReader(analysed.graph.index()));
      String all = "SELECT count(*) FROM java.lang.String s WHERE ";
      assertThat(count(view, all + "toString(s) LIKE 'text .*'")).isEqualTo(12_000);
      assertThat(count(view, all + "toString(s) LIKE 'text .*x'")).as("long ones, half of them wide").isEqualTo(12);
      assertThat(count(view, all + "toString(s) LIKE 'text .*4'")).as("some wide ones among them").isEqualTo(1_200);
      assertThat(count(view, all + "toString(s) = 'text 4004'")).as("a wide one").isEqualTo(1);
      assertThat(count(view, all + "toString(s) = 'ab'")).isEqualTo(1);
      assertThat(count(view, all + "toString(s) = '\u6261'")).as("the same bytes, two for a letter").isEqualTo(1);
      assertThat(count(view, all + "toString(s) NOT LIKE 'text .*'")).isEqualTo(2);
      assertThat(count(view, all + "toString(s) LIKE 'text 1.*' AND toString(s) LIKE '.*2'")).isEqualTo(311);
    }
  }

  /** Nine of ten texts are Latin, one has an umlaut, the very first a Greek letter; each has an owner. One string has no array. */
  private static DumpBuilder manyStrings() {
    DumpBuilder dump = DumpBuilder.withIdsOf(8).objectsPerSegment(5000);
    dump.addClass("[B", 0);
    long string = dump.addClass("java.lang.String", 0, reference("value"),
        new DumpBuilder.Field("coder", BasicType.BYTE, 0));
    long named = dump.addClass("app.Named", 0, reference("name"));
    List<long[]> strings = new ArrayList<>();
    for (int i = 0; i < STRINGS; i++) {
      String text = i == 1 ? "\u03c0 " + i : i % 10 == 1 ? "größer " + i : "text " + i;
      boolean wide = i == 1;
      strings.add(new long[] {
          dump.byteArray(text.getBytes(wide ? StandardCharsets.UTF_16LE : StandardCharsets.ISO_8859_1)), wide ? 1 : 0});
    }
    Collections.shuffle(strings, new Random(1));
    strings.forEach(one -> dump.root(Root.Kind.JNI_GLOBAL,
        dump.instance(named, dump.instance(string, one[0], one[1]))));
    dump.root(Root.Kind.JNI_GLOBAL, dump.instance(named, 0));
    dump.root(Root.Kind.JNI_GLOBAL, dump.instance(string, 0, 0));
    return dump;
  }
}
