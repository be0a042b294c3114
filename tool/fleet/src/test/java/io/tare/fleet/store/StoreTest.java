package io.tare.fleet.store;

import static io.tare.fleet.store.Recorded.BEGAN;
import static io.tare.fleet.store.Recorded.LABELS;
import static io.tare.fleet.store.Recorded.MB;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.ExitCode;
import io.tare.fleet.Terminal;
import io.tare.fleet.schema.Table;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet's folder from recordings to old age, by its commands. */
@Tag("slow")
class StoreTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 1);
  private static final LocalDate SECOND = LocalDate.of(2026, 3, 2);

  @TempDir
  private Path temporary;
  private Path fleet = Path.of("");
  private FleetFolder folder = new FleetFolder(Path.of(""));
  private final Terminal terminal = new Terminal();

  @BeforeEach
  void name() {
    fleet = temporary.resolve("fleet");
    folder = new FleetFolder(fleet);
  }

  private Path recording(String name, long pid, int minutes) throws Exception {
    return Recorded.write(temporary.resolve(name), pid, minutes, LABELS);
  }

  private void run(String... words) {
    List<String> all = new ArrayList<>(List.of("fleet"));
    all.addAll(Arrays.asList(words));
    all.addAll(List.of("--fleet", fleet.toString()));
    assertThat(terminal.run(all.toArray(String[]::new))).as(terminal.err()).isEqualTo(ExitCode.FINE);
  }

  /** What the whole fleet holds, as an engine sees it. */
  private Database.Answer ask(String sql) throws IOException {
    try (Database database = Database.open(256, 1)) {
      Views views = new Views(folder);
      for (Table table : Table.ALL) {
        views.create(database, views.files(table, LocalDate.of(2000, 1, 1), LocalDate.of(2100, 1, 1)), "");
      }
      return database.ask(sql);
    }
  }

  private List<String> row(String sql) throws IOException {
    return ask(sql).rows().getFirst().stream().map(value -> value.map(Object::toString).orElse("-")).toList();
  }

  /** Every file below the fleet with its size. */
  private Map<String, Long> files() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(fleet)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(fleet.relativize(file).toString(), Files.size(file));
      }
    }
    return files;
  }

  @Test
  void aRecordingBecomesARowAMinuteWithWhoseItIs() throws Exception {
    run("import", recording("a.tarerec", 4711, 30).toString());
    assertThat(terminal.err()).contains("took 1 file: 30 ledgers of 1 day");
    assertThat(row("SELECT count(*), min(t), max(t), sum(span_s), sum(ledger_s) FROM ledger"))
        .containsExactly("30", "" + BEGAN, "" + (BEGAN + 29 * 60), "1791", "1800");
    assertThat(
        row("SELECT DISTINCT cluster, node, ns, service, version, pod, container, runtime, limit_b, request_b, gross,"
            + " net, unexplained, a_heap_used, a_heap_idle, a_malloc_used, a_go_heap, rss, rss_max, ws, heap_floor, threads,"
            + " swap FROM ledger"))
        .containsExactly("c1", "web-1", "shop", "orders", "1.4", "orders-5f-x1", "main",
            "HotSpot JVM", "" + 400 * MB, "" + 300 * MB, "" + 200 * MB, "" + 150 * MB, "" + 10 * MB, "" + 120 * MB,
            "" + 40 * MB, "" + 30 * MB, "-", "" + 225 * MB, "" + 250 * MB, "" + 190 * MB, "" + 100 * MB, "12", "-");
    assertThat(row("SELECT count(*), min(uptime_s), max(cpu_ms), count(cpu_ms) FROM ledger")).containsExactly("30",
        "7200", "3000", "29");
    assertThat(row("SELECT t, kind, code, words FROM event")).containsExactly("" + (BEGAN + 1800), "oom_kill", "9",
        "killed for want of memory");
    assertThat(row("SELECT name, pid, started_t, last_t, day FROM process")).containsExactly("orders.jar", "4711",
        "" + (BEGAN - 7200), "" + (BEGAN + 29 * 60), "2026-03-01");
    assertThat(row("SELECT node, memory_b, allocatable_b FROM node_capacity")).containsExactly("web-1", "" + 4096 * MB,
        "-");
  }

  @Test
  void aRecordingOverMidnightIsInBothDays() throws Exception {
    run("import", recording("a.tarerec", 4711, 180).toString());
    assertThat(ask("SELECT day, count(*) FROM ledger GROUP BY day ORDER BY day").rows()).isEqualTo(List.of(
        List.of(Optional.of(FIRST), Optional.of(120L)), List.of(Optional.of(SECOND), Optional.of(60L))));
    assertThat(row("SELECT count(*), count(DISTINCT proc) FROM process")).containsExactly("2", "1");
  }

  @Test
  void whatAFileDoesNotSayIsSaidOnTheCommandLine() throws Exception {
    Recorded.write(temporary.resolve("a.tarerec"), 4711, 5, Map.of());
    run("import", temporary.resolve("a.tarerec").toString(), "--service", "billing", "--node", "n7");
    assertThat(row("SELECT DISTINCT node, service, ns, uptime_s - (t - " + BEGAN + ") FROM ledger"))
        .containsExactly("n7", "billing", "-", "0");
  }

  @Test
  void takenTwiceNothingIsAdded() throws Exception {
    String file = recording("a.tarerec", 4711, 180).toString();
    run("import", file);
    Map<String, Long> before = files();
    run("import", file);
    assertThat(terminal.err()).contains("took 0 files: 0 ledgers of 0 days; 1 were there already");
    assertThat(files()).isEqualTo(before);
    run("compact", "--all");
    Map<String, Long> closed = files();
    run("import", file);
    assertThat(files()).isEqualTo(closed);
    assertThat(row("SELECT count(*) FROM ledger")).containsExactly("180");
  }

  @Test
  void aRecordingThatHasGoneOnTakesThePlaceOfItsFormerState() throws Exception {
    run("import", recording("a.tarerec", 4711, 30).toString());
    run("import", recording("a.tarerec", 4711, 40).toString());
    assertThat(row("SELECT count(*), count(DISTINCT t) FROM ledger")).containsExactly("40", "40");
  }

  @Test
  void oneThatHasGoneOnAfterItsDayWasClosedCountsOnceAndWhollyAfterTheNextCompaction() throws Exception {
    run("import", recording("a.tarerec", 4711, 30).toString(), recording("b.tarerec", 4712, 10).toString());
    run("compact", "--all");
    run("import", recording("a.tarerec", 4711, 40).toString());
    assertThat(terminal.err()).contains("1 day had been closed with a former state");
    assertThat(row("SELECT count(*) FROM ledger")).containsExactly("40");
    run("compact", "--all");
    assertThat(row("SELECT count(*), count(DISTINCT (proc, t)) FROM ledger")).containsExactly("50", "50");
    assertThat(files().keySet().stream().filter(name -> name.startsWith("ledger/"))).containsExactly(
        "ledger/day=2026-03-01/_closed", "ledger/day=2026-03-01/part-0.1.parquet");
  }

  @Test
  void closedDaysAreOneSortedFileAndTheirHoursAddUpToTheSame() throws Exception {
    run("import", recording("b.tarerec", 4712, 60).toString(), recording("a.tarerec", 4711, 60).toString());
    List<String> before = row(
        "SELECT count(*), sum(gross * ledger_s), sum(a_heap_idle * ledger_s), sum(cpu_ms), sum(span_s) FROM ledger");
    run("compact", "--all");
    assertThat(files().keySet())
        .contains("ledger/day=2026-03-01/part-0.parquet", "ledger_hour/day=2026-03-01/part-0.parquet")
        .noneMatch(name -> name.startsWith("inbox/"));
    assertThat(row(
        "SELECT count(*), sum(gross * ledger_s), sum(a_heap_idle * ledger_s), sum(cpu_ms), sum(span_s) FROM ledger"))
        .isEqualTo(before);
    try (Database database = Database.open(256, 1)) {
      database.run("CREATE VIEW hours AS SELECT * FROM read_parquet('" + fleet + "/ledger_hour/*/*.parquet')");
      assertThat(database.ask(
          "SELECT count(*), sum(gross * ledger_s), sum(a_heap_idle * ledger_s), sum(cpu_ms), sum(span_s) FROM hours")
          .rows().getFirst().stream().map(value -> value.orElse("-").toString()).toList().subList(1, 5))
          .isEqualTo(before.subList(1, 5));
      assertThat(database.ask("SELECT t, span_s, rss_max, net, ws FROM hours ORDER BY proc").rows()).hasSize(2)
          .allSatisfy(hour -> assertThat(hour.stream().map(value -> value.orElse("-").toString()).toList())
              .isEqualTo(List.of("" + BEGAN, "3591", "" + 250 * MB, "" + 150 * MB, "" + 190 * MB)));
    }
  }

  @Test
  void theNewestDayStaysOpen() throws Exception {
    run("import", recording("a.tarerec", 4711, 180).toString());
    run("compact");
    assertThat(terminal.err()).contains("closed 1 day");
    assertThat(FleetFolder.days(folder.closed("ledger"))).containsExactly(FIRST);
    assertThat(FleetFolder.days(folder.inbox("ledger"))).containsExactly(SECOND);
    assertThat(row("SELECT count(*) FROM ledger")).containsExactly("180");
  }

  /** Killed between the list that says what counts, and the removal of what it took. */
  @Test
  void aCompactionThatWasCutShortCountsNothingTwice() throws Exception {
    run("import", recording("a.tarerec", 4711, 30).toString());
    Path waiting = folder.waitingFiles(Table.LEDGER, FIRST).getFirst();
    byte[] content = Files.readAllBytes(waiting);
    run("compact", "--all");
    Files.createDirectories(waiting.getParent());
    Files.write(waiting, content);
    Files.write(folder.closed("ledger", FIRST).resolve("part-0.9.parquet"), content);
    assertThat(row("SELECT count(*) FROM ledger")).containsExactly("30");
    run("compact", "--all");
    assertThat(waiting).doesNotExist();
    assertThat(row("SELECT count(*) FROM ledger")).containsExactly("30");
  }

  @Test
  void oldMinutesGoAndTheirHoursStandIn() throws Exception {
    run("import", recording("a.tarerec", 4711, 180).toString());
    run("compact", "--all");
    run("expire", "--raw", "1d");
    assertThat(terminal.err()).contains("removed the minutes of 1 day and the hours of 0 days");
    assertThat(ask("SELECT day, span_s, count(*) FROM ledger GROUP BY day, span_s ORDER BY day, span_s").rows())
        .isEqualTo(List.of(List.of(Optional.of(FIRST), Optional.of(3600), Optional.of(2L)),
            List.of(Optional.of(SECOND), Optional.of(51), Optional.of(1L)),
            List.of(Optional.of(SECOND), Optional.of(60), Optional.of(59L))));
    run("import", temporary.resolve("a.tarerec").toString());
    assertThat(terminal.err()).contains("1 were there already");
    run("expire", "--raw", "1d", "--hourly", "1d");
    assertThat(row("SELECT count(DISTINCT day) FROM ledger")).containsExactly("1");
  }

  @Test
  void minutesWithoutHoursStay() throws Exception {
    run("import", recording("a.tarerec", 4711, 180).toString());
    run("expire", "--raw", "1d");
    assertThat(terminal.err()).contains("2026-03-01 keeps its minutes").contains("removed the minutes of 0 days");
    assertThat(row("SELECT count(*) FROM ledger")).containsExactly("180");
  }

  @Test
  void filesOfAnOlderAndANewerSchemaAreReadTogether() throws Exception {
    run("import", recording("a.tarerec", 4711, 10).toString());
    try (Database database = Database.open(256, 1)) {
      Path day = folder.inbox(Table.LEDGER, FIRST);
      // An older one knew fewer accounts and smaller numbers; a newer one knows an account of which nobody has heard.
      database
          .write("SELECT CAST(" + BEGAN + " AS BIGINT) AS t, 60 AS span_s, 60 AS ledger_s, 'old' AS service, 5 AS proc,"
              + " CAST(7 AS INT) AS gross", day.resolve("old.parquet"), Map.of());
      database.write("SELECT * REPLACE ('new' AS service), 9 AS a_future FROM read_parquet("
          + Database.list(folder.waitingFiles(Table.LEDGER, FIRST).subList(1, 2)) + ")", day.resolve("new.parquet"),
          Map.of());
    }
    List<List<Optional<Object>>> expected = List.of(List.of(Optional.of("new"), Optional.of(10L), Optional.of(40 * MB)),
        List.of(Optional.of("old"), Optional.of(1L), Optional.empty()),
        List.of(Optional.of("orders"), Optional.of(10L), Optional.of(40 * MB)));
    String sql = "SELECT service, count(*), max(a_heap_idle) FROM ledger GROUP BY service ORDER BY service";
    assertThat(ask(sql).rows()).isEqualTo(expected);
    run("compact", "--all");
    assertThat(ask(sql).rows()).isEqualTo(expected);
  }

  @Test
  void tornAndForeignFilesAreNamedAndTheRestIsAnswered() throws Exception {
    run("import", recording("a.tarerec", 4711, 10).toString(), recording("b.tarerec", 4712, 10).toString());
    List<Path> waiting = folder.waitingFiles(Table.LEDGER, FIRST);
    try (RandomAccessFile torn = new RandomAccessFile(waiting.getFirst().toFile(), "rw")) {
      torn.setLength(torn.length() - 40);
    }
    Path day = folder.inbox(Table.LEDGER, FIRST);
    Files.writeString(day.resolve("text.parquet"), "this is a text of some length");
    Files.write(day.resolve("damaged.parquet"), damagedFooter(waiting.get(1)));
    try (Database database = Database.open(256, 1)) {
      database.write("SELECT 1 AS x", day.resolve("foreign.parquet"), Map.of());
    }
    run("ask", "services", "--format", "json");
    String place = fleet.relativize(day) + "/";
    assertThat(terminal.out()).contains("\"orders\"").containsOnlyOnce(
        place + waiting.getFirst().getFileName() + " is left out: its footer is missing: it was cut off while it was")
        .containsOnlyOnce(place + "text.parquet is left out: it is no Parquet file")
        .containsOnlyOnce(place + "foreign.parquet is left out: it is a Parquet file, but none of Tare's")
        .containsOnlyOnce(place + "damaged.parquet is left out: its footer is damaged");
    run("compact", "--all");
    assertThat(terminal.err().lines().filter(line -> line.contains(" was set aside as "))).hasSize(4);
    assertThat(folder.aside()).isDirectoryContaining(file -> file.toString().endsWith("foreign.parquet"));
    run("ask", "services");
    assertThat(terminal.out()).contains("orders").doesNotContain("left out");
    assertThat(row("SELECT count(*) FROM ledger")).containsExactly("10");
  }

  private static byte[] damagedFooter(Path whole) throws IOException {
    byte[] content = Files.readAllBytes(whole);
    Arrays.fill(content, content.length - 300, content.length - 12, (byte) 0x5a);
    return content;
  }

  @Test
  void whatIsNoRecordingIsNamedAndTheRestIsTaken() throws Exception {
    Path torn = recording("torn.tarerec", 4713, 10);
    byte[] content = Files.readAllBytes(torn);
    Files.write(torn, Arrays.copyOf(content, content.length - 100));
    Path foreign = Files.writeString(temporary.resolve("foreign.tarerec"), "no recording");
    Path empty = Files.createFile(temporary.resolve("empty.tare"));
    recording("whole.tarerec", 4711, 10);
    run("import", temporary.toString());
    assertThat(terminal.err()).contains(foreign + " is left out: ", empty + " is left out: it is empty",
        torn + ": the last ", "took 2 files: 20 ledgers of 1 day");
  }

  @Test
  void twoDoNotWriteAtOnce() throws Exception {
    String file = recording("a.tarerec", 4711, 10).toString();
    try (var other = folder.lock()) {
      assertThat(other.isOpen()).isTrue();
      assertThat(terminal.run("fleet", "import", file, "--fleet", fleet.toString()))
          .isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(terminal.err()).contains("another 'tare fleet' is writing to " + fleet);
    }
  }
}
