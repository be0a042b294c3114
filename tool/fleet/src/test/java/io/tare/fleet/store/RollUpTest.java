package io.tare.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.fleet.schema.Table;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An hour from its minutes, where each stands for another time. */
@Tag("slow")
class RollUpTest {
  private Database database;

  @BeforeEach
  void open() throws IOException {
    database = Database.open(256, 1);
    database.create(Table.LEDGER);
  }

  @AfterEach
  void close() throws IOException {
    database.close();
  }

  /** Rows of one process; what is not named is NULL. */
  private void minutes(String columns, String... rows) throws IOException {
    for (String row : rows) {
      database.run("INSERT INTO ledger (service, proc, " + columns + ") VALUES ('orders', 1, " + row + ")");
    }
  }

  private List<String> hours(String columns) throws IOException {
    return database.ask("SELECT " + columns + " FROM (" + RollUp.of("(SELECT * FROM ledger)") + ") ORDER BY t").rows()
        .stream().map(RollUpTest::text).toList();
  }

  private static String text(List<Optional<Object>> row) {
    return String.join(" ", row.stream().map(value -> value.map(Object::toString).orElse("-")).toList());
  }

  @Test
  void aReadingCountsForTheTimeThatItStood() throws IOException {
    minutes("t, span_s, rss, rss_max, ws, cpu_ms, heap_floor", "3600, 60, 100, 110, 90, 7, 50",
        "3660, 15, 400, 440, 80, 5, 40",
        "3720, 45, NULL, NULL, NULL, NULL, NULL", "7200, 60, 1000, 1000, 900, 1, NULL");
    // (100 · 60 + 400 · 15) / 75; the minute without a reading has no say.
    assertThat(hours("t, span_s, ledger_s, rss, rss_max, ws, cpu_ms, heap_floor")).containsExactly(
        "3600 120 - 160 440 90 12 40",
        "7200 60 - 1000 1000 900 1 -");
  }

  @Test
  void aLedgerCountsForTheTimeThatItStood() throws IOException {
    minutes("t, span_s, ledger_s, gross, net, unexplained, a_heap_used, a_malloc_idle",
        "3600, 60, 60, 1000, 700, 100, 800, 100",
        "3660, 60, NULL, NULL, NULL, NULL, NULL, NULL", "4500, 60, 900, 2600, 600, 200, 2000, 400");
    // (1000 · 60 + 2600 · 900) / 960, and so on; net is the lowest.
    assertThat(hours("ledger_s, gross, net, unexplained, a_heap_used, a_malloc_idle"))
        .containsExactly("960 2500 600 194 1925 381");
  }

  /** What an account has in one ledger and not in the next is in the hour for as long as it was there: else hours would weigh more than minutes. */
  @Test
  void anHourBalancesAsItsMinutesDo() throws IOException {
    minutes("t, span_s, ledger_s, gross, unexplained, a_heap_used, a_stacks_cached, a_go_idle",
        "3600, 60, 60, 1000, 100, 900, NULL, NULL", "3660, 60, 60, 1600, 200, 1000, 400, NULL",
        "3720, 60, 120, 1600, 200, 1400, NULL, NULL");
    assertThat(hours(
        "gross, unexplained, a_heap_used, a_stacks_cached, a_go_idle, gross - unexplained - a_heap_used - a_stacks_cached"))
        .containsExactly("1450 175 1175 100 - 0");
    String used = "SELECT sum(CAST(a_stacks_cached AS DOUBLE) * ledger_s), sum(CAST(gross AS DOUBLE) * ledger_s) FROM ";
    assertThat(text(database.ask(used + "(" + RollUp.of("(SELECT * FROM ledger)") + ")").rows().getFirst()))
        .isEqualTo(text(database.ask(used + "ledger").rows().getFirst())).isEqualTo("24000.0 348000.0");
  }
}
