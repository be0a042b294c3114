package io.tare.fleet.simulate;

import io.tare.fleet.schema.Table;
import io.tare.fleet.store.Compaction;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import io.tare.report.look.Count;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes the files of a plan: a day after the other, the last one in the inbox as if it were today. */
public final class Simulation {
  /** The exact percentiles want every row sorted. */
  private static final long MOST_ROWS_TO_SORT = 30_000_000;
  private static final int HALF_LIFE_DAYS = 7;
  /** Says of which plan the files are. */
  private static final String BEGUN = "simulated.txt";

  private final Plan plan;
  private final FleetFolder folder;
  private final Database database;

  public Simulation(Plan plan, FleetFolder folder, Database database) {
    this.plan = plan;
    this.folder = folder;
    this.database = database;
  }

  /** Writes everything; returns how many ledgers there are. What was cut short goes on where it stood. */
  public long write(Consumer<String> tell) throws IOException {
    Path begun = folder.root().resolve(BEGUN);
    boolean goesOn = Files.isRegularFile(begun) && Files.readString(begun).equals(plan.size().toString());
    if (!goesOn && Files.isDirectory(folder.root()) && !isEmpty(folder.root())) {
      throw new IOException(folder.root() + " is not empty: a simulated fleet wants a folder of its own");
    }
    Files.createDirectories(folder.root());
    Files.writeString(begun, plan.size().toString());
    Truth truth = lives(tell);
    Compaction compaction = new Compaction(folder, database);
    long rows = 0;
    for (int i = 0; i < plan.size().days(); i++) {
      LocalDate day = Plan.FIRST_DAY.plusDays(i);
      boolean isToday = i == plan.size().days() - 1;
      tell.accept("day " + (i + 1) + " of " + plan.size().days());
      day(day, isToday);
      if (!isToday && folder.closedFiles(Table.HOURLY, day).isEmpty()) {
        compaction.rollUp(day);
      }
      rows += database.number("SELECT count(*) FROM read_parquet("
          + Database.list(files(Table.LEDGER, day, isToday)) + ")").orElse(0L);
    }
    tell.accept("the truth");
    Files.writeString(folder.root().resolve("truth.json"), truth.json(sizes(rows)));
    return rows;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private Truth lives(Consumer<String> tell) throws IOException {
    database.run("CREATE MACRO pg(x) AS CAST(floor(greatest(x, 0) / 4096) AS BIGINT) * 4096");
    database.create(Plan.LIFE);
    Table capacity = new Table("capacity",
        List.of(new Table.Column("node", "STRING"), new Table.Column("allocatable_b", "BIGINT")));
    database.create(capacity);
    Truth truth = new Truth(plan);
    for (int i = 0; i < plan.size().nodes(); i++) {
      if (i % 100 == 0) {
        tell.accept("what happens on " + Count.of(plan.size().nodes(), "node"));
      }
      Plan.Node node = plan.node(i);
      truth.add(node);
      List<List<Optional<?>>> rows = new ArrayList<>();
      node.lives().forEach(life -> rows.add(Plan.row(life)));
      database.appendValues(Plan.LIFE, rows);
      database.appendValues(capacity, List.of(List.of(Optional.of(node.name()), Optional.of(node.allocatableBytes()))));
    }
    return truth;
  }

  private void day(LocalDate day, boolean isToday) throws IOException {
    write(Table.LEDGER, spanned(resource("ledger.sql"), day), day, isToday);
    for (String part : resource("others.sql").split(";\\s*\n")) {
      String name = part.lines().filter(line -> line.matches("-- \\w+")).findFirst().orElseThrow().substring(3);
      Table table = Table.ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
      write(table, spanned(part, day), day, isToday);
    }
  }

  private void write(Table table, String sql, LocalDate day, boolean isToday) throws IOException {
    Path file = files(table, day, isToday).getFirst();
    if (!Files.exists(file)) {
      database.write(database.shaped(table, sql), file, Map.of());
    }
  }

  private List<Path> files(Table table, LocalDate day, boolean isToday) {
    return List.of(isToday
        ? folder.inbox(table, day).resolve("simulated.parquet")
        : folder.closed(table.name(), day).resolve("part-0.parquet"));
  }

  private static String spanned(String sql, LocalDate day) {
    long from = day.toEpochDay() * 86_400;
    return sql.replace("${from_s}", Long.toString(from)).replace("${to_s}", Long.toString(from + 86_400));
  }

  /** Each service's percentiles by sorting all of its rows, newer ones counting more: slow, and plainly right. */
  private Optional<Database.Answer> sizes(long rows) throws IOException {
    if (rows > MOST_ROWS_TO_SORT) {
      return Optional.empty();
    }
    return Optional.of(database.ask(
        """
            WITH w AS (
              SELECT service, ws, span_s * pow(0.5, (%d - t) / 86400.0 / %d) AS w
              FROM read_parquet(['%s/*/*.parquet', '%s/*/*.parquet']) WHERE service IS NOT NULL),
            c AS (SELECT service, ws, sum(w) OVER (PARTITION BY service ORDER BY ws, w ROWS UNBOUNDED PRECEDING)
                / sum(w) OVER (PARTITION BY service) AS share FROM w)
            SELECT service, min(ws) FILTER (share >= 0.95) AS p95_b, min(ws) FILTER (share >= 0.99) AS p99_b, max(ws) AS peak_b
            FROM c GROUP BY service ORDER BY service
            """
            .formatted(plan.size().toSecond() - 60, HALF_LIFE_DAYS, folder.closed("ledger"), folder.inbox("ledger"))));
  }

  private static String resource(String name) {
    try (InputStream in = Simulation.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
