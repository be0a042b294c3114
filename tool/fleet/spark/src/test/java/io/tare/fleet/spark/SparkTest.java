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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every question on the same files, by DuckDB and by Spark: the same rows in the same order. */
@Tag("slow")
class SparkTest {
  private static final Scope ALL = new Scope(Duration.ofDays(30), "", 0.004, 1.15);
  private static final Scope SOME = new Scope(Duration.ofDays(2), "service <> 'orders' AND node LIKE 'node-%'", 0.01, 1.3);

  @TempDir
  private static Path temporary;
  private static Database database;
  private static SparkSession spark;
  private static FleetFolder folder = new FleetFolder(Path.of(""));

  @BeforeAll
  static void start() throws Exception {
    database = Database.open(512, 2);
    folder = new FleetFolder(temporary.resolve("fleet"));
    new Simulation(new Plan(new Plan.Size(5, 20, 4, 3)), folder, database).write(_ -> {});
    // As in an older fleet: of its first day only hours are left.
    folder.closedFiles("ledger", Plan.FIRST_DAY).getFirst().toFile().delete();
    spark = SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2").config("spark.sql.session.timeZone", "UTC")
        .config("spark.local.dir", temporary.resolve("spark").toString())
        .config("spark.sql.warehouse.dir", temporary.resolve("warehouse").toString())
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
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
    assertSame(question, ALL);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void bothGiveTheSameRowsOfAPart(String question) throws Exception {
    assertSame(question, SOME);
  }

  private static void assertSame(String name, Scope scope) throws Exception {
    Question question = Question.named(name).orElseThrow();
    Asking asking = Asking.of(folder, scope, database);
    Database.Answer expected = asking.ask(question).table();
    for (String statement : SparkSql.views(new Views(folder), asking.window(), scope.where())) {
      spark.sql(statement.replace("CREATE TEMPORARY VIEW", "CREATE OR REPLACE TEMPORARY VIEW"));
    }
    var rows = spark.sql(asking.window().fill(question.sql()));
    assertThat(List.of(rows.columns())).isEqualTo(expected.columns());
    List<List<String>> found = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(cell(row.get(i)));
      }
      found.add(cells);
    }
    assertThat(found).isEqualTo(expected.rows().stream()
        .map(row -> row.stream().map(value -> cell(value.orElse(null))).toList()).toList());
    if (scope == ALL) {
      assertThat(found).isNotEmpty();
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
