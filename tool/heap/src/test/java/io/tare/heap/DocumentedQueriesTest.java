package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.query.Query;
import io.tare.heap.query.QueryRun;
import io.tare.model.heap.SelectAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of {@code docs/heap-queries.md}. */
class DocumentedQueriesTest {
  @TempDir
  Path folder;

  static Stream<String> examples() throws IOException {
    String page = Files.readString(Path.of("../../docs/heap-queries.md"));
    int from = page.indexOf("```sql\n") + "```sql\n".length();
    return page.substring(from, page.indexOf("```", from)).lines();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleHasAnAnswer(String example) throws Exception {
    Path dump = SmallHeap.dump(8).writeTo(folder.resolve("dump.hprof"));
    Query query = Query.parse(example);
    SelectAnswer answer = HeapAnalysis.ask(dump, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE,
        (view, storage, problems) -> QueryRun.run(query, view, false));
    assertThat(answer.found()).as(example).isPositive();
    assertThat(answer.notes()).as(example).isEmpty();
  }
}
