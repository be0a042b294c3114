package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.heap.query.Query;
import io.tare.heap.query.QueryError;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueryFuzzTest {
  private static final String[] PIECES = {"SELECT", "FROM", "WHERE", "s", "s.", "@", "retainedHeapSize", "(", ")", "[",
      "]", "*", ",", "LIKE", "\"x\"", "IN", "NOT", "AND", "OR", "=", "<", "java.lang.String", "toString", "count",
      "LIMIT", "10", "0x7f", "ORDER", "BY", "UNION", "-", "null", "implements", "'", "\\", "1.5"};

  @FuzzTest(maxDuration = "5s")
  void anyTextIsAQueryOrAnErrorWithAPlace(byte[] content) {
    parse(new String(content, StandardCharsets.UTF_8));
  }

  private static void parse(String text) {
    try {
      assertThat(Query.parse(text).selects()).isNotEmpty();
    } catch (QueryError error) {
      assertThat(error.at()).isBetween(0, text.length());
      assertThat(error).hasMessageContaining("^");
    }
  }

  @Test
  void piecesOfQueriesInAnyOrderAreQueriesOrErrors() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder("SELECT ");
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(4) == 0 ? "" : " ");
      }
      parse(text.toString());
    }
  }

  @Test
  void deepNestingIsAnErrorAndNoOverflow() {
    parse("SELECT " + "(".repeat(50_000) + "1");
    parse("SELECT s FROM a s WHERE " + "NOT ".repeat(20_000) + "true");
    parse("SELECT " + "-".repeat(50_000) + "1 FROM a");
    parse("SELECT s" + ".x".repeat(40_000) + " FROM a s");
    parse("SELECT s FROM a s WHERE " + "1 = 1 OR ".repeat(9_000) + "1 = 1");
  }
}
