package io.tare.fleet.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.fleet.schema.Table;
import io.tare.fleet.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Questions to a handful of rows, of which the answer can be reckoned by hand. */
@Tag("slow")
class FewRowsTest {
  private static final long T = 1_767_571_140;
  private static final Window WINDOW = new Window(T, Duration.ofDays(1), 0.004, 1.15);

  private Database database;

  @BeforeEach
  void emptyTables() throws IOException {
    database = Database.open(256, 1);
    for (Table table : Table.ALL) {
      database.run("CREATE TABLE " + table.name() + " (" + table.definition() + ", day DATE)");
    }
  }

  @AfterEach
  void close() throws IOException {
    database.close();
  }

  private void put(String table, String columns, String values) throws IOException {
    database.run("INSERT INTO " + table + " (" + columns + ", day) VALUES (" + values + ", '2026-01-04')");
  }

  private Database.Answer answer(String question) throws IOException {
    return database.ask(WINDOW.fill(Question.named(question).orElseThrow().sql()));
  }

  private static Object cell(Database.Answer answer, int row, String column) {
    return answer.rows().get(row).get(answer.columns().indexOf(column)).orElse("-");
  }

  /** What is left is reckoned from where it stands now: a peak before a collection is past. */
  @Test
  void theWayToTheLimitBeginsAtTheLastReadingAndNotAtTheHighest() throws IOException {
    long[] workingSets = {100, 200, 300, 400, 500, 600, 700, 650};
    for (int i = 0; i < workingSets.length; i++) {
      put("ledger", "t, span_s, service, proc, limit_b, ws, uptime_s",
          (T - 600L * (workingSets.length - 1 - i)) + ", 60, 'orders', 1, 2000, " + workingSets[i] + ", 7200");
    }
    Database.Answer limits = answer("limits");
    assertThat(limits.rows()).hasSize(1);
    double perHour = (double) cell(limits, 0, "per_h_b");
    assertThat(cell(limits, 0, "ws_b")).isEqualTo(650.0);
    assertThat(cell(limits, 0, "left_h")).isEqualTo((2000 - 650) / perHour);
  }

  /** Files are skipped by the names of services, and it has none; what its last ledger did not know stays unknown. */
  @Test
  void aKilledProcessOfNoServiceHasItsLastLedgerAndWhatGrew() throws IOException {
    put("event", "t, proc, kind", T + ", 7, 'oom_kill'");
    put("event", "t, proc, service, kind", T + ", 8, 'orders', 'oom_kill'");
    for (String row : List.of("3600, 7, 500, 300, 200, 100", "60, 7, 900, 350, 600, 80", "60, 9, 5000, 1, 1, 1")) {
      String[] cells = row.split(", ", 2);
      put("ledger", "t, span_s, uptime_s, limit_b, proc, gross, net, a_malloc_used, a_heap_used",
          (T - Long.parseLong(cells[0])) + ", 60, 7200, 1000, " + cells[1]);
    }
    Database.Answer kills = answer("kills");
    assertThat(kills.rows()).hasSize(2);
    assertThat(List.of(cell(kills, 0, "gross_b"), cell(kills, 0, "net_b"), cell(kills, 0, "grew"),
        cell(kills, 0, "grew_by_b"), cell(kills, 0, "of_limit_share"), cell(kills, 0, "ledger_age_min")))
        .isEqualTo(List.of(900.0, 350.0, "malloc", 400.0, "-", 1.0));
    assertThat(kills.rows().get(1).get(kills.columns().indexOf("gross_b"))).isEqualTo(Optional.empty());
  }

  /** Its labels became better known after an hour: all of its minutes are the service's. */
  @Test
  void aProcessIsOfTheServiceThatItsRowsOfTheDayName() throws IOException {
    put("process", "t, last_t, proc", (T - 7200) + ", " + (T - 3600) + ", 1");
    put("process", "t, last_t, proc, service, container, limit_b",
        (T - 3600) + ", " + T + ", 1, 'orders', 'main', 4000000000");
    for (int minute = 120; minute >= 0; minute--) {
      put("ledger", "t, span_s, ledger_s, proc, gross, net, ws",
          (T - 60L * minute) + ", 60, 60, 1, 300, 200, 1000000000");
    }
    Database.Answer services = answer("services");
    assertThat(services.rows()).hasSize(1);
    assertThat(List.of(cell(services, 0, "service"), cell(services, 0, "processes"),
        cell(services, 0, "gross_b"))).isEqualTo(List.of("orders", 1L, 300.0 * 121 * 60 / 86_400));
    Database.Answer sizes = answer("sizes");
    assertThat(sizes.rows()).hasSize(1);
    assertThat(List.of(cell(sizes, 0, "service"), cell(sizes, 0, "container"), cell(sizes, 0, "limit_b"),
        cell(sizes, 0, "peak_b"))).isEqualTo(List.of("orders", "main", 4e9, 1e9));
  }
}
