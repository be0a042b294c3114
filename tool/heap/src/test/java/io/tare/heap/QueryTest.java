package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.heap.query.Query;
import io.tare.heap.query.QueryError;
import io.tare.heap.query.QueryRun;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.SelectAnswer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The query language, on the small heap. */
class QueryTest {
  @TempDir
  Path folder;

  private Path dump;

  @BeforeEach
  void write() {
    dump = SmallHeap.dump(8).writeTo(folder.resolve("dump.hprof"));
  }

  private SelectAnswer ask(String query) throws Exception {
    return ask(query, false);
  }

  private SelectAnswer ask(String query, boolean unreachableToo) throws Exception {
    Query parsed = Query.parse(query);
    return HeapAnalysis.ask(dump, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE,
        (view, storage, problems) -> QueryRun.run(parsed, view, unreachableToo));
  }

  private List<HeapValue> column(String query) throws Exception {
    return ask(query).rows().stream().map(List::getFirst).toList();
  }

  private static HeapValue whole(long number) {
    return new HeapValue.Whole(number);
  }

  private static HeapValue text(String text) {
    return new HeapValue.Text(text);
  }

  @Test
  void everyObjectOfAClassIsARow() throws Exception {
    SelectAnswer answer = ask("SELECT * FROM app.Node");
    assertThat(answer.columns()).containsExactly("object", "shallowBytes", "retainedBytes");
    assertThat(answer.found()).isEqualTo(20);
    assertThat(answer.rows()).hasSize(20).allSatisfy(
        row -> assertThat(row.getFirst()).isInstanceOfSatisfying(HeapValue.Reference.class,
            reference -> assertThat(reference.className()).isEqualTo("app.Node")));
  }

  @Test
  void fieldsOfFieldsAreFollowed() throws Exception {
    assertThat(column("select n.payload.value from app.Node n where n.next = null")).containsExactly(whole(7));
  }

  @Test
  void textsAreCompared() throws Exception {
    assertThat(column("SELECT toString(s) FROM java.lang.String s WHERE toString(s) LIKE \"tw.*\""))
        .containsExactly(text("twice"), text("twice"));
    assertThat(column("SELECT toString(s) FROM java.lang.String s WHERE s = 'worker-3'"))
        .containsExactly(text("worker-3"));
    assertThat(column("SELECT count(*) FROM java.lang.String s WHERE s.toString() NOT LIKE 'twice'"))
        .containsExactly(whole(1));
  }

  @Test
  void totalsHaveOneRow() throws Exception {
    assertThat(ask("SELECT count(*), sum(i.value), min(i.value), max(i.value), avg(i.value) FROM java.lang.Integer i")
        .rows()).containsExactly(List.of(whole(20), whole(140), whole(7), whole(7), new HeapValue.Decimal(7)));
    assertThat(column("SELECT count(n.next) FROM app.Node n")).as("nulls don't count").containsExactly(whole(19));
  }

  @Test
  void theBiggestComeFirstWhenAskedFor() throws Exception {
    List<HeapValue> bytes = column("SELECT @retainedBytes FROM app.Node ORDER BY @retainedHeapSize DESC LIMIT 3");
    assertThat(bytes).hasSize(3);
    long first = ((HeapValue.Whole) bytes.get(0)).number();
    assertThat(first).isGreaterThan(((HeapValue.Whole) bytes.get(2)).number());
    assertThat(column("SELECT max(@retainedBytes) FROM app.Node")).containsExactly(whole(first));
  }

  @Test
  void subclassesAreLookedAtWhenAskedFor() throws Exception {
    assertThat(column("SELECT count(*) FROM java.lang.ref.Reference")).containsExactly(whole(0));
    assertThat(column("SELECT count(*) FROM INSTANCEOF java.lang.ref.Reference")).containsExactly(whole(1));
    assertThat(column("SELECT classof(r).@name FROM INSTANCEOF java.lang.ref.Reference r"))
        .containsExactly(text("java.lang.ref.WeakReference"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "SELECT count(*) FROM app.Node n WHERE n.payload.value > 6 AND n.payload.value <= 7 | 20",
      "SELECT count(*) FROM app.Node n WHERE n.payload.value <> 7 OR n.next = null | 1",
      "SELECT count(*) FROM app.Node n WHERE NOT (n.next != null) | 1",
      "SELECT count(*) FROM app.Node n WHERE n.next IS NULL | 1",
      "SELECT count(*) FROM app.Node n WHERE n.next is not null | 19",
      "SELECT count(*) FROM app.Node n WHERE n.payload.value IN (1, 3 + 4, 9) | 20",
      "SELECT count(*) FROM app.Node n WHERE n.payload.value NOT IN (7) | 0",
      "SELECT count(*) FROM app.Node n WHERE n.payload.value % 2 = 1 AND -n.payload.value < 0 | 20",
      "SELECT count(*) FROM app.Node n WHERE n implements java.lang.Object | 20",
      "SELECT count(*) FROM app.Node n WHERE n.next IMPLEMENTS app.Node | 19",
      "SELECT count(*) FROM \"app[.].*\" | 20",
      "SELECT count(*) FROM java.lang.Object[] a WHERE a.@length = 4 AND a[0] = null | 1",
      "SELECT count(*) FROM java.util.ArrayList l WHERE toString(l.elementData[1]) = \"twice\" | 1",
      "SELECT count(*) FROM java.lang.Class c WHERE c.@name = 'app.Holder' AND c.CACHE.size = 2 | 1",
      "SELECT count(*) FROM app.Node n WHERE dominatorof(n) = null OR dominatorof(n) IMPLEMENTS app.Node | 19",
      "SELECT count(*) FROM app.Node n WHERE toHex(n.@objectAddress) LIKE '0x[0-9a-f]+' | 20",
      "SELECT count(*) FROM app.Node n WHERE n.@objectAddress = n AND n.@usedHeapSize = n.@shallowBytes | 20",
      "SELECT count(*) FROM app.Node n WHERE n.@heldBy LIKE 'static field app.Holder.CHAIN.*' | 20",
      "SELECT count(*) FROM java.lang.String s WHERE s.@length = 5 | 2",
      "SELECT count(*) FROM java.lang.String s WHERE s.startsWith('tw') OR s.toString().endsWith('-3') | 3",
      "SELECT count(*) FROM java.lang.String s WHERE s.contains('ker') AND s.indexOf('k') = 3 | 1",
      "SELECT count(*) FROM java.lang.String s WHERE s.substring(1, 3).toUpperCase() = 'WI' | 2",
      "SELECT count(*) FROM java.lang.String s WHERE s.equals('twice') AND s.length() = 5 AND NOT s.isEmpty() | 2",
      "SELECT count(*) FROM java.lang.String s WHERE s.matches('w.*') AND s.charAt(99) = null | 1",
      "SELECT count(*) FROM app.Node n WHERE n.next IN (SELECT m FROM app.Node m WHERE m.next = null) | 1",
      "SELECT count(*) FROM java.lang.String s WHERE toString(s) IN (SELECT toString(t) FROM java.lang.String t WHERE t.@length = 5) | 2",
      "SELECT count(*) FROM app.Node n WHERE n.payload IN (SELECT OBJECTS m.payload FROM app.Node m) | 20",
      "SELECT count(*) FROM app.Node n WHERE inbounds(n).@length = 1 AND n IN dominators(dominatorof(n)) | 20",
      "SELECT count(*) FROM app.Node n WHERE outbounds(n).size() = 2 | 1",
      "SELECT count(*) FROM java.lang.Class c WHERE c.@superClass = null AND c.@isArrayType = false AND c.@numberOfObjects = 0 | 1",
      "SELECT count(*) FROM java.lang.Class c WHERE c.@name = 'app.Node' AND c.@numberOfObjects = 20 AND c.hasSuperClass() | 1",
      "SELECT count(*) FROM app.Node n WHERE 10 / 0 = null AND n.payload.nothing = null | 20",
  })
  void conditionsHoldForTheRightObjects(String query, long expected) throws Exception {
    assertThat(column(query)).as(query).containsExactly(whole(expected));
  }

  @Test
  void unreachableObjectsAreThereWhenAskedFor() throws Exception {
    assertThat(ask("SELECT * FROM java.lang.Object", true).found())
        .isEqualTo(ask("SELECT * FROM java.lang.Object").found() + 2);
    assertThat(ask("SELECT * FROM java.lang.Object o WHERE o.@reachable = false", true).found()).isEqualTo(2);
  }

  @Test
  void distinctRowsAreListedOnce() throws Exception {
    assertThat(column("SELECT DISTINCT toString(s) FROM java.lang.String s ORDER BY toString(s)"))
        .containsExactly(text("twice"), text("worker-3"));
  }

  @Test
  void answersAreJoined() throws Exception {
    assertThat(column("SELECT count(*) FROM app.Node UNION (SELECT count(*) FROM java.lang.String)"))
        .containsExactly(whole(20), whole(3));
  }

  @Test
  void everyValueOfAGroupIsARow() throws Exception {
    assertThat(ask("SELECT toString(s) AS text, count(*) AS many, sum(s.@length) FROM java.lang.String s GROUP BY text"
        + " ORDER BY many DESC").rows())
        .containsExactly(List.of(text("twice"), whole(2), whole(10)), List.of(text("worker-3"), whole(1), whole(8)));
    assertThat(ask("SELECT classof(o).@name, count(*) FROM INSTANCEOF java.lang.Object o GROUP BY classof(o).@name"
        + " ORDER BY count(*) DESC, classof(o).@name LIMIT 2").rows())
        .containsExactly(List.of(text("app.Node"), whole(20)), List.of(text("java.lang.Integer"), whole(20)));
    assertThat(ask("SELECT s, count(*) FROM java.lang.String s GROUP BY s").rows())
        .as("equal strings are one group").hasSize(2);
    assertThat(ask("SELECT count(*) FROM app.Node n GROUP BY n.next").found()).isEqualTo(20);
  }

  @Test
  void theRetainedSetIsAllThatWouldBeFree() throws Exception {
    assertThat(ask("SELECT AS RETAINED SET n FROM app.Node n WHERE n.next = null").found())
        .as("the last node and its number").isEqualTo(2);
    assertThat(ask("SELECT AS RETAINED SET n FROM app.Node n").found())
        .as("with the numbers, and both classes, which nothing else refers to").isEqualTo(42);
    assertThat(
        ask("SELECT AS RETAINED SET OBJECTS n.payload FROM app.Node n ORDER BY @retainedHeapSize LIMIT 7").rows())
        .hasSize(7);
    assertThat(ask("SELECT AS RETAINED SET * FROM OBJECTS app.Holder").found())
        .as("what hangs on a root that is selected").isEqualTo(56);
  }

  @Test
  void singleObjectsAreFoundByTheirAddress() throws Exception {
    String address = ((HeapValue.Text) column("SELECT toHex(n) FROM app.Node n WHERE n.next = null").getFirst()).text();
    assertThat(column("SELECT n.payload.value FROM " + address + " n")).containsExactly(whole(7));
  }

  @Test
  void anEmptyAnswerOfAnInterfaceSaysWhy() throws Exception {
    assertThat(ask("SELECT * FROM INSTANCEOF java.lang.ref.WeakReference").notes()).isEmpty();
    assertThat(ask("SELECT * FROM INSTANCEOF java.lang.ref.Reference").notes()).isEmpty();
    for (String query : List.of("SELECT * FROM INSTANCEOF app.Listener", "SELECT count(*) FROM INSTANCEOF app.Listener",
        "SELECT * FROM app.Node n WHERE n.next IMPLEMENTS app.Listener OR n IMPLEMENTS app.Listener")) {
      assertThat(ask(query).notes()).as(query).singleElement().asString().contains("app.Listener", "interface");
    }
    assertThat(ask("SELECT * FROM app.Node n WHERE n IMPLEMENTS app.Node").notes()).isEmpty();
  }

  @Test
  void aPatternInTheWayOfSqlGetsAHint() throws Exception {
    assertThat(ask("SELECT s FROM java.lang.String s WHERE s LIKE 'tw%'").notes()).singleElement().asString()
        .contains("regular expression");
    assertThat(ask("SELECT s FROM java.lang.String s WHERE s LIKE 'tw.*'").notes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "SELCT * FROM app.Node | 0 | expected SELECT but found 'SELCT'",
      "SELECT * FORM app.Node | 9 | expected FROM but found 'FORM'",
      "SELECT * FROM app.Node n WHERE n.next = | 39 | expected a value but found the end",
      "SELECT * FROM app.Node n WHERE n.@retaind > 3 | 34 | there is no attribute @retaind",
      "SELECT * FROM app.Node n WHERE size(n) > 3 | 31 | there is no function size",
      "SELECT * FROM app.Node n WHERE n LIKE \"[\" | 38 | no regular expression",
      "SELECT * FROM app.Node n WHERE n.next = 'x | 40 | this string has no end",
      "SELECT * FROM app.Node n LIMIT many | 31 | expected a whole number of rows",
      "SELECT count(*), n FROM app.Node n | 17 | GROUP BY makes a row for each value",
      "SELECT n.payload, count(*) FROM app.Node n GROUP BY n.next | 9 | one of what is grouped by",
      "SELECT count(*) FROM byte[] GROUP BY x ORDER BY y | 48 | names one of its columns",
      "SELECT n FROM app.Node n ORDER BY count(*) | 34 | needs GROUP BY",
      "SELECT OBJECTS n.payload.value FROM app.Node n | 25 | gives objects",
      "SELECT OBJECTS n, n.next FROM app.Node n | 15 | one expression",
      "SELECT n FROM app.Node n WHERE n IN (SELECT m, m.next FROM app.Node m) | 49 | has one column",
      "SELECT * FROM OBJECTS (n.next) | 23 | has no object to be about",
      "SELECT * FROM (SELECT n FROM app.Node n) | 14 | write FROM OBJECTS",
      "SELECT s.substring() FROM java.lang.String s | 9 | substring takes 1 or 2 arguments",
      "SELECT * FROM ${snapshot}.getHeap() | 26 | of ${snapshot} there are",
      "SELECT n.getNext() FROM app.Node n | 9 | no code to run",
      "SELECT * FROM app.Nodes | 14 | there is no class app.Nodes in this dump",
      "SELECT * FROM Node | 14 | Did you mean app.Node",
      "SELECT n.nxt FROM app.Node n | 9 | app.Node has no field nxt; there are next, payload",
      "SELECT * FROM app.Node n WHERE n | 31 | expected something true or false",
      "SELECT * FROM 0x1234567 | 14 | there is no object at 0x1234567",
      "SELECT sum(n.next) FROM app.Node n | 13 | only numbers can be summed up",
      "SELECT # FROM app.Node n | 7 | means nothing here",
      "SELECT * FROM app.Node n WHERE n IMPLEMENTS app.Nods | 33 | there is no class app.Nods in this dump",
      "SELECT * FROM app.Node n WHERE n.next IS 3 | 41 | NULL",
  })
  void whatIsWrongIsSaidWithItsPlace(String query, int at, String reason) {
    assertThatThrownBy(() -> ask(query)).isInstanceOfSatisfying(QueryError.class, error -> {
      assertThat(error.at()).as(error.getMessage()).isEqualTo(at);
      assertThat(error).hasMessageContaining(reason).hasMessageContaining("column " + (at + 1));
      String[] lines = error.getMessage().split("\n");
      assertThat(lines[2]).as("the mark").isEqualTo(" ".repeat(at + 2) + "^");
    });
  }
}
