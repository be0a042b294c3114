package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.query.Query;
import io.tare.heap.query.QueryError;
import io.tare.heap.query.QueryRun;
import io.tare.heap.query.QueryRun.Wishes;
import io.tare.model.heap.SelectAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The queries that the help pages of Eclipse MAT teach, on the small heap, with its addresses in the place of theirs: how many rows the
 * answer has, or why there is none. {@code STRING} stands for the address of the class of strings, {@code LIST} and {@code CHAIN} for those
 * of a list and a node.
 */
class MatExamplesTest {
  @TempDir
  Path folder;

  private String address(String query, Path dump) throws Exception {
    return "0x" + Long.toHexString(((io.tare.model.heap.HeapValue.Reference) ask(query, dump, false).rows().getFirst()
        .getFirst()).address());
  }

  private SelectAnswer ask(String query, Path dump, boolean lenient) throws Exception {
    Query parsed = Query.parse(query);
    return HeapAnalysis.ask(dump, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE,
        (view, storage, problems) -> QueryRun.run(parsed, view, storage,
            new Wishes(false, lenient, QueryRun.USUAL_ROWS)));
  }

  private String answer(String query, Path dump, boolean lenient) {
    try {
      return ask(query, dump, lenient).found() + " rows";
    } catch (QueryError refused) {
      return refused.reason();
    } catch (Exception other) {
      return other.toString();
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "SELECT * FROM java.lang.String | 3 rows",
      "SELECT toString(s), s.count, s.value FROM java.lang.String s | java.lang.String has no field count; there are value, coder",
      "SELECT toString(s), s.@usedHeapSize, s.@retainedHeapSize FROM java.lang.String s | 3 rows",
      "SELECT toString(s) AS Value, s.@usedHeapSize AS \"Shallow Size\", s.@retainedHeapSize AS \"Retained Size\" FROM java.lang.String s | 3 rows",
      "SELECT AS RETAINED SET * FROM java.lang.String | 7 rows",
      "SELECT OBJECTS dominators(s) FROM java.lang.String s | 3 rows",
      "SELECT DISTINCT * FROM OBJECTS 1,2,2,3 | 3 rows",
      "SELECT DISTINCT * FROM OBJECTS 0,1,1,2 | there is no object with the number 0 in this dump; they go from 1 to 68 (@objectId), and are others than Eclipse MAT's",
      "SELECT DISTINCT OBJECTS classof(s) FROM java.lang.String s | 1 rows",
      "SELECT s.@objectId, s.@objectId * 2, \"The object ID is \"+@objectId FROM OBJECTS 3,1,1,2 s | 4 rows",
      "SELECT * FROM \"java\\.lang\\..*\" | 39 rows",
      "SELECT * FROM STRING | 3 rows",
      "SELECT * FROM STRING,NODE | 23 rows",
      "SELECT * FROM ( SELECT * FROM java.lang.Class c WHERE c implements org.eclipse.mat.snapshot.model.IClass ) | 65 rows",
      "SELECT * FROM ${snapshot}.getClasses() | 65 rows",
      "SELECT * FROM INSTANCEOF java.lang.ref.Reference | 1 rows",
      "SELECT * FROM ${snapshot}.getClassesByName(\"java.lang.ref.Reference\", true) | 1 rows",
      "SELECT * FROM OBJECTS java.lang.String | 1 rows",
      "SELECT * FROM OBJECTS STRING | 1 rows",
      "SELECT * FROM OBJECTS STRING,NODE | 2 rows",
      "SELECT * FROM OBJECTS 3 | 1 rows",
      "SELECT * FROM OBJECTS (outbounds(STRING)) | 2 rows",
      "SELECT * FROM OBJECTS (SELECT OBJECTS s.value FROM java.lang.String s) | 3 rows",
      "SELECT * FROM java.lang.String s WHERE s.count >= 100 | java.lang.String has no field count; there are value, coder",
      "SELECT * FROM java.lang.String s WHERE toString(s) LIKE \".*ice\" | 2 rows",
      "SELECT * FROM java.lang.String s WHERE s.value NOT IN dominators(s) | 0 rows",
      "SELECT * FROM java.lang.Class c WHERE c IMPLEMENTS org.eclipse.mat.snapshot.model.IClass | 12 rows",
      "SELECT * FROM java.lang.String s WHERE toString(s) = \"twice\" | 2 rows",
      "SELECT * FROM java.lang.String s WHERE s.coder < 100 AND s.@retainedHeapSize > s.@usedHeapSize | 3 rows",
      "SELECT * FROM java.lang.String s WHERE s.coder > 1000 OR s.value.@length > 5 | 1 rows",
      "SELECT * FROM java.lang.String s WHERE ( s.coder > 1000 ) = false | 3 rows",
      "SELECT * FROM java.lang.String s WHERE dominators(s).size() = 0 | 0 rows",
      "SELECT * FROM java.lang.String s WHERE s.@retainedHeapSize > 1024L | 0 rows",
      "SELECT * FROM java.lang.String s WHERE s.value != null AND s.value.@valueArray.@length >= 1 AND s.value.@valueArray.get(0) = 116 | 2 rows",
      "SELECT * FROM java.lang.Thread s WHERE s.@GCRootInfo != null | 1 rows",
      "SELECT s.getValueAt(2) FROM byte[] s WHERE (s.@length > 2) | 4 rows",
      "SELECT OBJECTS s.@referenceArray.get(1) FROM java.lang.Object[] s WHERE (s.@length = 2) | 1 rows",
      "SELECT OBJECTS s.getReferenceArray(0,2) FROM java.lang.Object[] s WHERE (s.@length = 2) | 2 rows",
      "SELECT s as String,s.value as \"characters\", inbounds(s),inbounds(s).@length FROM java.lang.String s | 3 rows",
      "SELECT * FROM java.lang.String s WHERE toString(s).startsWith(\"wor\") | 1 rows",
      "SELECT DISTINCT OBJECTS inbounds(s) FROM java.lang.String s | 2 rows",
      "SELECT OBJECTS r FROM OBJECTS ${snapshot}.getGCRoots() r | 3 rows",
      "SELECT OBJECTS dominatorof(s) FROM java.lang.String s | 3 rows",
      "SELECT s FROM java.lang.String s WHERE s IN (SELECT OBJECTS outbounds(a) FROM java.lang.Object[] a) | 2 rows",
      "SELECT * FROM java.lang.String s UNION (SELECT * FROM java.util.ArrayList a) | 5 rows",
      "SELECT s.value[0:2] FROM java.lang.String s | 3 rows",
      "SELECT classof(o).@name, o.@length() FROM OBJECTS (dominators(-1)) o /* top of the tree */ | 6 rows",
      "SELECT ${snapshot}.@usedHeapSize FROM java.lang.String | ${snapshot} stands after FROM only",
  })
  void eachIsAnsweredOrRefusedWithAReason(String query, String expected) throws Exception {
    Path dump = SmallHeap.dump(8).writeTo(folder.resolve("dump.hprof"));
    String here = query
        .replace("STRING", address("SELECT c FROM java.lang.Class c WHERE c.@name = 'java.lang.String'", dump))
        .replace("NODE", address("SELECT c FROM java.lang.Class c WHERE c.@name = 'app.Node'", dump));
    assertThat(answer(here, dump, false)).as(here).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "SELECT toString(s), s.count, s.value FROM java.lang.String s | 3 rows",
      "SELECT * FROM java.lang.String s WHERE s.count >= 100 | 0 rows",
      "SELECT * FROM java.lang.String s WHERE s.count > 1000 OR s.value.@length > 5 | 1 rows",
  })
  void unknownFieldsAreNullWhenAskedFor(String query, String expected) {
    Path dump = SmallHeap.dump(8).writeTo(folder.resolve("dump.hprof"));
    assertThat(answer(query, dump, true)).as(query).isEqualTo(expected);
  }
}
