package io.tare.fleet.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.fleet.schema.Table;
import io.tare.fleet.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a node's processes promise together, minute by minute. */
@Tag("slow")
class NodesTest {
  private static final long T = 1_767_571_140;

  /** An agent that was restarted at the thirtieth second has written that minute in two files. */
  @Test
  void aMinuteThatStandsInTwoFilesCountsOnce() throws IOException {
    try (Database database = Database.open(256, 1)) {
      for (Table table : List.of(Table.LEDGER, Table.NODE_CAPACITY)) {
        database.run("CREATE TABLE " + table.name() + " (" + table.definition() + ", day DATE)");
      }
      database.run("INSERT INTO node_capacity (t, node, memory_b, day) VALUES (" + T + ", 'calm', 1000, '2026-01-04'), (" + T
          + ", 'full', 1000, '2026-01-04')");
      for (String row : List.of("0, 60, 'calm', 1, 600, 500", "60, 30, 'calm', 1, 600, 500", "60, 30, 'calm', 1, 600, 540",
          "0, 60, 'full', 2, 600, 300", "0, 60, 'full', 3, 600, 400")) {
        String[] cells = row.split(", ", 2);
        database.run("INSERT INTO ledger (t, span_s, node, proc, limit_b, ws, day) VALUES (" + (T - 120 + Long.parseLong(cells[0]))
            + ", " + cells[1] + ", '2026-01-04')");
      }
      Window window = new Window(T, Duration.ofDays(1), 0.004, 1.15);
      Database.Answer nodes = database.ask(window.fill(Question.named("nodes").orElseThrow().sql()));
      assertThat(nodes.rows()).singleElement().satisfies(row -> assertThat(List.of(row.get(1).orElseThrow(), row.get(3).orElseThrow(),
          row.get(5).orElseThrow())).isEqualTo(List.of("full", 1.2, 0.7)));
    }
  }
}
