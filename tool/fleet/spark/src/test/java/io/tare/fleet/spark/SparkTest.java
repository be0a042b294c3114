package io.tare.fleet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.fleet.ask.Asking;
import io.tare.fleet.ask.Asking.Scope;
import io.tare.fleet.ask.Question;
import io.tare.fleet.ask.SparkSql;
import io.tare.fleet.simulate.Plan;
import io.tare.fleet.simulate.Simulation;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import io.tare.fleet.store.Views;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every question on the same files, by DuckDB and by Spark: the same rows in the same order, and what the simulated fleet's truth says. */
@Tag("slow")
class SparkTest {
  private static final Scope ALL = new Scope(Duration.ofDays(30), "", 0.004, 1.15);
  private static final Scope SOME = new Scope(Duration.ofDays(2), "service <> 'orders' AND node LIKE 'node-%'", 0.01,
      1.3);

  @TempDir
  private static Path temporary;
  private static Database database;
  private static SparkSession spark;
  private static FleetFolder whole = new FleetFolder(Path.of(""));
  private static FleetFolder older = new FleetFolder(Path.of(""));

  @BeforeAll
  static void start() throws Exception {
    database = Database.open(512, 2);
    // The fleet of which AnswersTest holds DuckDB's answers against the truth.
    whole = simulated("whole", new Plan.Size(8, 20, 5, 3));
    // As in an older fleet: of its first day only hours are left.
    older = simulated("older", new Plan.Size(5, 20, 4, 3));
    Files.delete(older.closedFiles("ledger", Plan.FIRST_DAY).getFirst());
    spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2").config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", temporary.resolve("spark").toString())
        .config("spark.sql.warehouse.dir", temporary.resolve("warehouse").toString())
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
  }

  private static FleetFolder simulated(String name, Plan.Size size) throws Exception {
    FleetFolder folder = new FleetFolder(temporary.resolve(name));
    try (Database own = Database.open(512, 2)) {
      new Simulation(new Plan(size), folder, own).write(_ -> {});
    }
    return folder;
  }

  @AfterAll
  static void stop() throws Exception {
    spark.stop();
    database.close();
  }

  static Stream<String> questions() {
    return Question.ALL.stream().map(Question::name);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void bothEnginesGiveTheSameRows(String question) throws Exception {
    Answers answers = new Answers(whole, ALL, question);
    assertThat(answers.bySpark).isEqualTo(answers.byDuckDb).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void bothGiveTheSameRowsWhereOnlyHoursAreLeft(String question) throws Exception {
    Answers answers = new Answers(older, ALL, question);
    assertThat(answers.bySpark).isEqualTo(answers.byDuckDb).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void bothGiveTheSameRowsOfAPart(String question) throws Exception {
    Answers answers = new Answers(older, SOME, question);
    assertThat(answers.bySpark).isEqualTo(answers.byDuckDb);
  }

  @Test
  void theVersionsThatLeakAreThoseOfTheTruth() throws Exception {
    assertThat(new Answers(whole, ALL, "leaks").columns("service", "first_bad_version"))
        .containsExactlyInAnyOrderElementsOf(truth("leaks", "service", "version"));
  }

  @Test
  void whatWasKilledIsWhatTheTruthSaysWithTheAccountThatGrew() throws Exception {
    assertThat(new Answers(whole, ALL, "kills").columns("killed_t", "pod", "version", "grew"))
        .containsExactlyInAnyOrderElementsOf(truth("kills", "t", "pod", "version", "leak"));
  }

  /** A percentile is the upper edge of the histogram's step in which the true one lies. */
  @Test
  void theRightSizesAreThoseOfTheTruth() throws Exception {
    assertThat(new Answers(whole, ALL, "sizes").columns("service", "p95_b", "p99_b", "peak_b"))
        .containsExactlyInAnyOrderElementsOf(truth("sizes", "service", "p95_b", "p99_b", "peak_b").stream()
            .map(row -> List.of(row.get(0), edge(row.get(1)), edge(row.get(2)), cell(Double.valueOf(row.get(3)))))
            .toList());
  }

  private static String edge(String bytes) {
    double step = Math.floor(Math.log(Long.parseLong(bytes) / 1e7 * 0.05 + 1) / Math.log(1.05));
    return cell(1e7 * (Math.pow(1.05, step + 1) - 1) / 0.05);
  }

  private static List<List<String>> truth(String list, String... members) throws Exception {
    String columns = Stream.of(members).map(member -> "CAST(one." + member + " AS STRING)")
        .collect(Collectors.joining(", "));
    return database.ask("SELECT " + columns + " FROM (SELECT unnest(" + list + ") AS one FROM read_json('"
        + whole.root().resolve("truth.json") + "'))").rows().stream()
        .map(row -> row.stream().map(value -> cell(value.orElse(null))).toList()).toList();
  }

  /** One question's rows, by each engine. */
  private static final class Answers {
    final List<String> columns;
    final List<List<String>> byDuckDb;
    final List<List<String>> bySpark = new ArrayList<>();

    Answers(FleetFolder folder, Scope scope, String name) throws Exception {
      Question question = Question.named(name).orElseThrow();
      Asking asking = Asking.of(folder, scope, database);
      Database.Answer expected = asking.ask(question).table();
      columns = expected.columns();
      byDuckDb = expected.rows().stream().map(row -> row.stream().map(value -> cell(value.orElse(null))).toList())
          .toList();
      for (String statement : SparkSql.views(new Views(folder), asking.window(), scope.where())) {
        spark.sql(statement.replace("CREATE TEMPORARY VIEW", "CREATE OR REPLACE TEMPORARY VIEW"));
      }
      var rows = spark.sql(asking.window().fill(question.sql()));
      assertThat(List.of(rows.columns())).isEqualTo(columns);
      for (Row row : rows.collectAsList()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
          cells.add(cell(row.get(i)));
        }
        bySpark.add(cells);
      }
    }

    /** Some columns of Spark's rows. */
    List<List<String>> columns(String... names) {
      return bySpark.stream().map(row -> Stream.of(names).map(name -> row.get(columns.indexOf(name))).toList())
          .toList();
    }
  }

  /** Sums of doubles depend on their order, in the last digits. */
  private static String cell(Object value) {
    return switch (value) {
      case null -> "-";
      case Double number -> String.format(Locale.ROOT, "%.9g", number);
      default -> value.toString();
    };
  }
}
