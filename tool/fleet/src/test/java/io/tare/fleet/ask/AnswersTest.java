package io.tare.fleet.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.fleet.ask.Asking.Scope;
import io.tare.fleet.simulate.Exactly;
import io.tare.fleet.simulate.Exactly.Bounded;
import io.tare.fleet.simulate.Exactly.Line;
import io.tare.fleet.simulate.Plan;
import io.tare.fleet.simulate.Simulation;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every question to a fleet of which the truth is known, and its answer against that truth. */
@Tag("slow")
class AnswersTest {
  private static final Scope SCOPE = new Scope(Duration.ofDays(30), "", 0.004, 1.15);
  private static final double GIB = 1L << 30;
  private static final Plan.Size SIZE = new Plan.Size(8, 20, 5, 3);
  private static final Exactly EXACTLY = new Exactly(SIZE);

  @TempDir
  private static Path temporary;
  private static Database database;
  private static Asking asking;

  @BeforeAll
  static void simulate() throws Exception {
    database = Database.open(1024, 2);
    FleetFolder folder = new FleetFolder(temporary.resolve("fleet"));
    new Simulation(new Plan(SIZE), folder, database).write(_ -> {});
    asking = Asking.of(folder, SCOPE, database);
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
  }

  private static Database.Answer answer(String question) throws IOException {
    return asking.ask(Question.named(question).orElseThrow()).table();
  }

  /** What truth.json says. */
  private static Database.Answer truth(String list, String columns) throws IOException {
    return database.ask("SELECT " + columns + " FROM (SELECT unnest(" + list + ") AS one FROM read_json('"
        + temporary.resolve("fleet/truth.json") + "'))");
  }

  /** Some columns of the rows, as texts. */
  private static List<List<String>> columns(Database.Answer answer, String... columns) {
    return answer.rows().stream().map(row -> List.of(columns).stream()
        .map(column -> row.get(answer.columns().indexOf(column)).map(Object::toString).orElse("-")).toList()).toList();
  }

  private static double number(List<Optional<Object>> row, Database.Answer answer, String column) {
    return ((Number) row.get(answer.columns().indexOf(column)).orElseThrow()).doubleValue();
  }

  private static Set<String> leakingServices() throws IOException {
    return columns(truth("leaks", "one.service"), "service").stream().map(List::getFirst).collect(Collectors.toSet());
  }

  @Test
  void theVersionsThatLeakAreFoundAndNoOthers() throws IOException {
    Database.Answer planted = truth("leaks", "one.service AS service, one.version AS version, one.before AS before");
    assertThat(planted.rows()).hasSize(3);
    assertThat(columns(answer("leaks"), "service", "first_bad_version", "before_version"))
        .containsExactlyInAnyOrderElementsOf(columns(planted, "service", "version", "before"));
  }

  /** Without what Tare judged, by the floors alone. */
  @Test
  void theVersionsThatLeakAreFoundByTheirFloorsToo() throws IOException {
    String sql = Question.named("leaks").orElseThrow().sql().replace("rule = 'leak'", "rule = 'none'");
    assertThat(columns(asking.ask(Question.own(sql)).table(), "service", "first_bad_version"))
        .containsExactlyInAnyOrderElementsOf(
            columns(truth("leaks", "one.service AS service, one.version AS version"), "service", "version"));
  }

  @Test
  void everyKillIsThereWithTheAccountThatGrew() throws IOException {
    Database.Answer planted = truth("kills", "one.t AS t, one.pod AS pod, one.version AS version, one.leak AS leak");
    assertThat(planted.rows()).hasSizeGreaterThan(20);
    assertThat(columns(answer("kills"), "killed_t", "pod", "version", "grew"))
        .containsExactlyInAnyOrderElementsOf(columns(planted, "t", "pod", "version", "leak"));
  }

  @Test
  void whatWasKilledHadItsLimitInItsLastLedgerAMinuteBefore() throws IOException {
    Database.Answer kills = answer("kills");
    assertThat(kills.rows()).allSatisfy(row -> {
      assertThat(number(row, kills, "ledger_age_min")).isEqualTo(1);
      assertThat(number(row, kills, "of_limit_share")).isBetween(0.97, 1.0);
    });
  }

  /** What the line through six hours can say: noise of known bounds turns it by so much and no more. */
  @Test
  void whoMeetsTheLimitWithinADayIsNamedWithTheHoursThatTheLineOfSixHoursLeaves() throws IOException {
    Database.Answer found = answer("limits");
    Map<String, List<Optional<Object>>> named = found.rows().stream()
        .collect(Collectors.toMap(row -> row.get(found.columns().indexOf("pod")).orElseThrow().toString(), row -> row));
    List<Line> lines = EXACTLY.lines();
    assertThat(lines.stream().filter(Line::mustBeNamed).count()).isGreaterThan(10);
    for (Line line : lines) {
      List<Optional<Object>> row = named.remove(line.pod());
      if (row == null) {
        assertThat(line.mustBeNamed()).as(line.toString()).isFalse();
      } else {
        assertThat(line.mayBeNamed()).as(line.toString()).isTrue();
        assertThat(number(row, found, "per_h_b")).as(line.toString()).isBetween(line.perHour().least(),
            line.perHour().most());
        assertThat(number(row, found, "left_h")).as(line.toString()).isBetween(line.left().least(), line.left().most());
      }
    }
    assertThat(named.keySet()).as("that ran till the end and are in no plan").isEmpty();
  }

  /** The daily load is no leak: it bends the line, but names nobody. */
  @Test
  void whoeverIsNamedForItsLimitLeaks() throws IOException {
    Database.Answer planted = truth("limits", "one.pod AS pod");
    assertThat(columns(planted, "pod")).containsAll(columns(answer("limits"), "pod"));
  }

  @Test
  void sizesAreTheUpperEdgesOfTheTruePercentilesSteps() throws IOException {
    Database.Answer planted = truth("sizes",
        "one.service AS service, one.p95_b AS p95, one.p99_b AS p99, one.peak_b AS peak");
    Database.Answer sizes = answer("sizes");
    Map<String, List<Optional<Object>>> found = sizes.rows().stream()
        .collect(Collectors.toMap(row -> row.get(1).orElseThrow().toString(), row -> row));
    assertThat(found.keySet()).hasSize(12).hasSameSizeAs(planted.rows());
    for (List<Optional<Object>> row : planted.rows()) {
      List<Optional<Object>> one = found.get(row.getFirst().orElseThrow().toString());
      assertThat(number(one, sizes, "p95_b")).isCloseTo(edge(number(row, planted, "p95")), within(1.0));
      assertThat(number(one, sizes, "p99_b")).isCloseTo(edge(number(row, planted, "p99")), within(1.0));
      assertThat(number(one, sizes, "peak_b")).isEqualTo(number(row, planted, "peak"));
      assertThat(number(one, sizes, "fit_request_b")).isCloseTo(edge(number(row, planted, "p95")) * 1.15, within(2.0));
    }
  }

  private static double edge(double bytes) {
    double step = Math.floor(Math.log(bytes / 1e7 * 0.05 + 1) / Math.log(1.05));
    return 1e7 * (Math.pow(1.05, step + 1) - 1) / 0.05;
  }

  @Test
  void aServiceThatWasKilledGetsNoLimitForItsPeakIsNotKnown() throws IOException {
    Database.Answer sizes = answer("sizes");
    Set<String> leaking = leakingServices();
    assertThat(sizes.rows()).allSatisfy(row -> assertThat(row.get(sizes.columns().indexOf("fit_limit_b")).isEmpty())
        .isEqualTo(leaking.contains(row.get(1).orElseThrow().toString())));
  }

  @Test
  void theNodesThatPromiseMoreThanTheyHaveAreNamedAndNoOthers() throws IOException {
    Database.Answer planted = database.ask("SELECT unnest(overcommitted) AS node FROM read_json('"
        + temporary.resolve("fleet/truth.json") + "')");
    assertThat(planted.rows()).hasSize(2);
    assertThat(columns(answer("nodes"), "node")).containsExactlyInAnyOrderElementsOf(columns(planted, "node"));
  }

  @Test
  void remediesReturnWhatTheirFindingsAddUpTo() throws IOException {
    Database.Answer planted = database.ask("SELECT remedies.\"malloc.trim\", remedies.\"heap.smaller\" FROM read_json('"
        + temporary.resolve("fleet/truth.json") + "')");
    Database.Answer remedies = answer("remedies");
    Map<String, Double> returns = remedies.rows().stream().collect(
        Collectors.toMap(row -> row.getFirst().orElseThrow().toString(), row -> number(row, remedies, "returns_b")));
    assertThat(returns).isEqualTo(Map.of("malloc.trim",
        ((Number) planted.rows().getFirst().get(0).orElseThrow()).doubleValue(), "heap.smaller",
        ((Number) planted.rows().getFirst().get(1).orElseThrow()).doubleValue()));
  }

  @Test
  void theOutliersOfServicesThatDoNotLeakAreThePlantedOnes() throws IOException {
    Set<String> leaking = leakingServices();
    List<List<String>> found = columns(answer("outliers"), "pod", "service");
    List<List<String>> planted = columns(truth("outliers", "one.pod AS pod, one.service AS service"), "pod", "service");
    assertThat(planted).isNotEmpty();
    assertThat(found.stream().filter(row -> !leaking.contains(row.getLast())))
        .containsExactlyInAnyOrderElementsOf(planted);
  }

  /** At the same age, over a whole day, by the processes that were there: what each version holds is known but for noise of known bounds. */
  @Test
  void whatEachVersionAddedIsExactButForTheNoise() throws IOException {
    Map<List<String>, Bounded> changes = EXACTLY.drift();
    Database.Answer drift = answer("drift");
    assertThat(columns(drift, "service", "version")).containsExactlyInAnyOrderElementsOf(changes.keySet());
    for (List<Optional<Object>> row : drift.rows()) {
      Bounded exact = Objects.requireNonNull(changes.get(name(row, drift)));
      assertThat(number(row, drift, "net_change_b")).as(name(row, drift).toString()).isBetween(exact.least(),
          exact.most());
    }
  }

  @Test
  void theDeploysThatMadeAServiceGrowStandBeforeAllOthersThatDoNotLeak() throws IOException {
    List<List<String>> planted = columns(truth("drift", "one.service AS service, one.version AS version"), "service",
        "version");
    assertThat(planted).hasSize(2);
    Set<String> leaking = leakingServices();
    assertThat(columns(answer("drift"), "service", "version").stream().filter(row -> !leaking.contains(row.getFirst()))
        .limit(2)).containsExactlyInAnyOrderElementsOf(planted);
  }

  private static List<String> name(List<Optional<Object>> row, Database.Answer answer) {
    return List.of(row.get(answer.columns().indexOf("service")).orElseThrow().toString(),
        row.get(answer.columns().indexOf("version")).orElseThrow().toString());
  }

  @Test
  void theCensusCountsEveryJvmOnce() throws IOException {
    Database.Answer planted = database.ask("UNPIVOT (SELECT unnest(census) FROM read_json('"
        + temporary.resolve("fleet/truth.json") + "')) ON COLUMNS(*) INTO NAME what VALUE count");
    assertThat(columns(answer("census"), "java", "collector", "heap_bound", "processes").stream()
        .map(row -> String.join(" ", row))).containsExactlyInAnyOrderElementsOf(
            columns(planted, "what", "count").stream().map(row -> String.join(" ", row)).toList());
  }

  @Test
  void whatNobodyOwnsIsNamed() throws IOException {
    List<List<String>> planted = columns(truth("unowned", "one.node AS node, one.name AS name"), "node", "name");
    assertThat(planted).hasSize(2);
    assertThat(columns(answer("unowned"), "node", "name")).containsExactlyInAnyOrderElementsOf(planted);
  }

  /** By a plain mean of sums: in a simulated fleet every minute has a ledger. */
  @Test
  void wasteIsTheMeanOfWhatEachMinuteHolds() throws IOException {
    Database.Answer waste = answer("waste");
    List<Optional<Object>> first = waste.rows().getFirst();
    assertThat(first.getFirst()).hasValue("heap_idle");
    Database.Answer plain = database
        .ask("SELECT sum(a_heap_idle) / count(DISTINCT t), sum(gross) / count(DISTINCT t) FROM ledger");
    double bytes = ((Number) plain.rows().getFirst().get(0).orElseThrow()).doubleValue();
    double gross = ((Number) plain.rows().getFirst().get(1).orElseThrow()).doubleValue();
    assertThat(number(first, waste, "avg_b")).isCloseTo(bytes, within(1.0));
    assertThat(number(first, waste, "of_gross_share")).isCloseTo(bytes / gross, within(1e-9));
    assertThat(number(first, waste, "cost")).isCloseTo(bytes / GIB * 5 * 24 * 0.004, within(1e-6));
    assertThat(number(first, waste, "month_cost")).isCloseTo(bytes / GIB * 730 * 0.004, within(1e-6));
  }

  @Test
  void theServicesTogetherWeighWhatTheFleetDoes() throws IOException {
    Database.Answer services = answer("services");
    double all = services.rows().stream().mapToDouble(row -> number(row, services, "gross_b")).sum();
    double tare = services.rows().stream().mapToDouble(row -> number(row, services, "tare_b")).sum();
    Database.Answer plain = database
        .ask("SELECT sum(gross) / count(DISTINCT t), sum(gross - net) / count(DISTINCT t) FROM ledger");
    assertThat(all).isCloseTo(((Number) plain.rows().getFirst().get(0).orElseThrow()).doubleValue(), within(1e3));
    assertThat(tare).isCloseTo(((Number) plain.rows().getFirst().get(1).orElseThrow()).doubleValue(), within(1e3));
    assertThat(columns(services, "service")).contains(List.of("-")).hasSize(13);
  }

  @Test
  void everyLedgerOfASimulatedFleetBalances() throws IOException {
    String accounts = io.tare.fleet.schema.Table.LEDGER.columns().stream().map(column -> column.name())
        .filter(name -> name.startsWith("a_")).map(name -> "coalesce(" + name + ", 0)")
        .collect(Collectors.joining(" + "));
    assertThat(database.number("SELECT count(*) FROM ledger WHERE gross <> unexplained + " + accounts)).hasValue(0L);
    assertThat(database.number("SELECT count(*) FROM ledger WHERE net > gross OR ws > limit_b")).hasValue(0L);
  }

  @Test
  void rowsStandInOneOrderHoweverManyThreadsThereAre() throws Exception {
    try (Database other = Database.open(512, 5)) {
      Asking again = Asking.of(new FleetFolder(temporary.resolve("fleet")), SCOPE, other);
      other.run("SET preserve_insertion_order = false");
      for (Question question : Question.ALL) {
        assertThat(rounded(again.ask(question).table())).as(question.name())
            .isEqualTo(rounded(asking.ask(question).table()));
      }
    }
  }

  /** Sums of doubles depend on their order a little. */
  private static List<List<String>> rounded(Database.Answer answer) {
    return answer.rows().stream().map(row -> row.stream().map(value -> value
        .map(
            one -> one instanceof Double number ? String.format(java.util.Locale.ROOT, "%.8g", number) : one.toString())
        .orElse("-")).toList()).toList();
  }
}
