package io.tare.fleet.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.fleet.schema.Row.Frame;
import io.tare.fleet.schema.Row.Samples;
import io.tare.fleet.schema.Row.Weight;
import io.tare.model.ledger.Account;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final Identity WHO = new Identity(7, Map.of("cluster", "c", "node", "n", "namespace", "ns", "service",
      "s", "version", "v", "pod", "p", "container", "k"));
  private static final Frame FRAME = new Frame(WHO, "Go", OptionalLong.of(9), OptionalLong.of(8), OptionalLong.of(40));

  @Test
  void everyAccountOfTheChartHasItsColumnInTheChartsOrder() {
    assertThat(Table.LEDGER.columns().stream().map(Table.Column::name).filter(name -> name.startsWith("a_")))
        .containsExactlyElementsOf(Arrays.stream(Account.values()).map(Table::column).toList());
  }

  @Test
  void theTablesAreTheseAndNoOthers() {
    assertThat(Table.ALL).extracting(Table::name).containsExactly("ledger", "process", "event", "verdict", "remedy",
        "node_capacity");
  }

  @Test
  void everyTypeIsOneThatBothEnginesCallTheSame() {
    assertThat(Table.ALL.stream().flatMap(table -> table.columns().stream()).map(Table.Column::type).distinct())
        .containsExactlyInAnyOrder("BIGINT", "INT", "SMALLINT", "STRING", "BOOLEAN");
  }

  @Test
  void aRowHasAValueForEachColumnInItsPlace() {
    Row ledger = new Row.OfLedger(100, 60, FRAME, new Samples(Map.of("rss", 5L, "gc_ms", 6L)),
        Optional.of(new Weight(61, 1, 10, OptionalLong.of(4), 2, Map.of("heap.live", 3L, "anonymous.zero", 1L))));
    Map<String, Object> expected = Map.ofEntries(Map.entry("t", 100L), Map.entry("span_s", 60L),
        Map.entry("ledger_s", 61L), Map.entry("cluster", "c"), Map.entry("node", "n"), Map.entry("ns", "ns"),
        Map.entry("service", "s"), Map.entry("version", "v"), Map.entry("pod", "p"), Map.entry("container", "k"),
        Map.entry("proc", 7L), Map.entry("runtime", "Go"), Map.entry("limit_b", 9L), Map.entry("request_b", 8L),
        Map.entry("uptime_s", 60L), Map.entry("reason", 1L), Map.entry("rss", 5L), Map.entry("gc_ms", 6L),
        Map.entry("gross", 10L), Map.entry("net", 4L), Map.entry("unexplained", 2L), Map.entry("a_heap_live", 3L),
        Map.entry("a_anonymous_zero", 1L));
    assertThat(named(ledger)).isEqualTo(expected);
  }

  @Test
  void everyRowIsAsWideAsItsTable() {
    assertThat(Stream.of(new Row.OfProcess(1, 2, FRAME, "name", 3, "25", "G1", "-Xmx1g"),
        new Row.OfEvent(1, FRAME, "exit", OptionalLong.empty(), "words"), new Row.OfVerdict(1, WHO, "leak", "no", ""),
        new Row.OfRemedy(1, WHO, "malloc.trim", true, OptionalLong.of(2)),
        new Row.OfNode(1, "c", "n", OptionalLong.of(2), OptionalLong.empty())))
        .allSatisfy(row -> assertThat(row.values()).hasSameSizeAs(row.table().columns()));
    assertThat(named(new Row.OfProcess(1, 2, FRAME, "name", 3, "25", "G1", "-Xmx1g"))).containsEntry("flags", "-Xmx1g")
        .containsEntry("pid", 3L).containsEntry("last_t", 2L).containsEntry("started_t", 40L)
        .doesNotContainKey("image");
  }

  @Test
  void aProcessHasOneNumberAndAnotherStartOrBootOrPidAnother() {
    assertThat(Identity.proc("boot", 4711, 99)).isEqualTo(Identity.proc("boot", 4711, 99)).isPositive();
    assertThat(List.of(Identity.proc("boot", 4711, 98), Identity.proc("b", 4711, 99), Identity.proc("boot", 1, 99)))
        .doesNotHaveDuplicates().doesNotContain(Identity.proc("boot", 4711, 99));
  }

  @Test
  void whatIsNoNumberIsNotKnown() {
    Identity who = new Identity(1, Map.of("request_bytes", "12k", "node_memory_bytes", "34"));
    assertThat(who.number("request_bytes")).isEmpty();
    assertThat(who.number("node_memory_bytes")).hasValue(34);
    assertThat(who.number("absent")).isEmpty();
  }

  /** Values that are known, by column. */
  private static Map<String, Object> named(Row row) {
    Map<String, Object> named = new java.util.HashMap<>();
    for (int i = 0; i < row.values().size(); i++) {
      String column = row.table().columns().get(i).name();
      row.values().get(i).ifPresent(value -> named.put(column, value));
    }
    return named;
  }
}
