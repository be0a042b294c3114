package io.tare.fleet.ask;

import io.tare.app.cli.UsageException;
import io.tare.fleet.ask.Asking.FleetAnswer;
import io.tare.fleet.schema.Table;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import io.tare.fleet.store.Views;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The same question, put to Apache Spark: its own program {@code spark-sql} reads the same files. Where it runs, and on how many machines,
 * its settings say ({@code SPARK_CONF_DIR}, {@code SPARK_SQL_OPTIONS}).
 */
public final class SparkSql {
  private static final String NOTHING = "NULL";

  private final FleetFolder folder;
  private final String where;
  private final Map<String, String> environment;

  public SparkSql(FleetFolder folder, String where, Map<String, String> environment) {
    this.folder = folder;
    this.where = where;
    this.environment = Map.copyOf(environment);
  }

  /** Statements that make the tables, in Spark's words: every file that counts, with the columns of today. */
  public static List<String> views(Views views, Window window, String where) throws IOException {
    List<String> statements = new ArrayList<>();
    for (Table table : Table.ALL) {
      List<Path> files = views.files(table, window.from(), window.to()).paths();
      String columns = String.join(", ", table.columns().stream().map(Table.Column::name).toList());
      // Partitions are folders' names, and a table of files reads one folder's: each day is a table, and all of them the view.
      Map<Path, List<Path>> days = files.stream()
          .collect(Collectors.groupingBy(Path::getParent, LinkedHashMap::new, Collectors.toList()));
      List<String> parts = new ArrayList<>();
      for (Map.Entry<Path, List<Path>> day : days.entrySet()) {
        String name = table.name() + "_" + parts.size();
        statements.add("CREATE TEMPORARY VIEW " + name + " (" + table.definition() + ") USING parquet OPTIONS (path "
            + Database.quoted(day.getKey().toUri() + glob(day.getValue())) + ")");
        parts.add("SELECT " + columns + ", DATE '" + day.getKey().getFileName().toString().substring("day=".length())
            + "' AS day FROM " + name);
      }
      String all = parts.isEmpty()
          ? "SELECT " + String.join(", ",
              table.columns().stream().map(one -> "CAST(NULL AS " + one.type() + ") AS " + one.name()).toList())
              + ", CAST(NULL AS DATE) AS day WHERE false"
          : String.join(" UNION ALL ", parts);
      boolean isWhole = where.isBlank() || table.equals(Table.NODE_CAPACITY);
      statements.add("CREATE TEMPORARY VIEW " + table.name() + " AS SELECT * FROM (" + all + ")"
          + (isWhole ? "" : " WHERE (" + where + "\n)"));
    }
    return statements;
  }

  private static String glob(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).collect(Collectors.joining(",", "{", "}"));
  }

  /** Asks it and waits. */
  FleetAnswer ask(Question question, Window window) throws IOException, UsageException {
    Views views = new Views(folder);
    Path script = Files.createTempFile("tare-fleet-", ".sql");
    Path errors = Files.createTempFile("tare-fleet-", ".err");
    try {
      Files.writeString(script, String.join(";\n", views(views, window, where)) + ";\n" + window.fill(question.sql())
          + ";\n");
      List<String> command = new ArrayList<>(List.of(program()));
      String options = environment.getOrDefault("SPARK_SQL_OPTIONS", "").strip();
      if (!options.isEmpty()) {
        command.addAll(List.of(options.split("\\s+")));
      }
      command.addAll(List.of("--hiveconf", "hive.cli.print.header=true", "--conf", "spark.sql.session.timeZone=UTC",
          "-f", script.toString()));
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      if (process.waitFor() != 0) {
        throw new IOException("spark-sql could not answer: " + Files.readAllLines(errors).stream()
            .filter(line -> line.contains("Exception") || line.startsWith("[")).findFirst().orElse("see its log"));
      }
      return new FleetAnswer(question, window, table(lines), views.problems());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while Spark was at work", stopped);
    } finally {
      Files.delete(script);
      Files.delete(errors);
    }
  }

  private String program() throws UsageException {
    Stream<String> homes = Stream.of(environment.getOrDefault("SPARK_HOME", "")).filter(home -> !home.isEmpty())
        .map(home -> home + "/bin");
    return Stream.concat(homes, Stream.of(environment.getOrDefault("PATH", "").split(":")))
        .map(folder -> Path.of(folder).resolve("spark-sql")).filter(Files::isExecutable).findFirst().map(Path::toString)
        .orElseThrow(
            () -> new UsageException("--engine spark needs Apache Spark 4: there is no spark-sql in SPARK_HOME/bin"
                + " nor on the PATH. Without it, --engine duckdb answers the same questions from the same files."));
  }

  /** Its answer, a line a row with tabs between: numbers are what reads as one. */
  static Database.Answer table(List<String> lines) throws IOException {
    if (lines.isEmpty()) {
      throw new IOException("spark-sql printed nothing");
    }
    List<List<Optional<Object>>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      rows.add(Stream.of(line.split("\t", -1)).map(SparkSql::value).toList());
    }
    return new Database.Answer(List.of(lines.getFirst().split("\t")), rows);
  }

  private static Optional<Object> value(String text) {
    if (text.equals(NOTHING)) {
      return Optional.empty();
    }
    if (text.matches("-?\\d{1,18}")) {
      return Optional.of(Long.parseLong(text));
    }
    if (text.matches("-?\\d+(\\.\\d+)(E-?\\d+)?")) {
      return Optional.of(Double.parseDouble(text));
    }
    return Optional.of(text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text);
  }
}
