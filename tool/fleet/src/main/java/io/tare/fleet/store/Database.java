package io.tare.fleet.store;

import io.tare.fleet.schema.Row;
import io.tare.fleet.schema.Table;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** DuckDB in this process: nothing of it outlives it, its memory is bounded, and what does not fit goes to a temporary folder. */
public final class Database implements AutoCloseable {
  private final Connection connection;
  private final Path spill;

  /** A table of an answer: names of columns, then rows; empty is NULL. */
  public record Answer(List<String> columns, List<List<Optional<Object>>> rows) {
    public Answer {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /** What the engine said that it could not do. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(SQLException cause) {
      super(sentence(cause), cause);
    }

    /** Its first line, without what points into the text. */
    private static String sentence(SQLException cause) {
      String said = String.valueOf(cause.getMessage()).strip();
      return said.lines().takeWhile(line -> !line.isBlank()).findFirst().orElse(said);
    }
  }

  private Database(Connection connection, Path spill) {
    this.connection = connection;
    this.spill = spill;
  }

  /**
   * Starts one.
   *
   * @param memoryMegabytes what it may use; the JVM's own comes on top
   */
  public static Database open(long memoryMegabytes, int threads) throws IOException {
    Path spill = Files.createTempDirectory("tare-fleet-");
    try {
      Database database = new Database(DriverManager.getConnection("jdbc:duckdb:"), spill);
      database.run("SET memory_limit = '" + memoryMegabytes + "MB'");
      database.run("SET threads = " + threads);
      database.run("SET temp_directory = " + quoted(spill.toString()));
      database.run("SET autoinstall_known_extensions = false");
      database.run("SET autoload_known_extensions = false");
      database.run("SET TimeZone = 'UTC'");
      return database;
    } catch (SQLException failure) {
      Files.deleteIfExists(spill);
      throw new Refused(failure);
    } catch (LinkageError missing) {
      Files.deleteIfExists(spill);
      throw new IOException("DuckDB's library can't be loaded; it wants the system's libstdc++.so.6 (docs/fleet.md): "
          + (missing.getCause() == null ? missing : missing.getCause()).getMessage(), missing);
    }
  }

  /** A text as SQL has it. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Files as a list in SQL. */
  public static String list(List<Path> files) {
    return "[" + String.join(", ", files.stream().map(file -> quoted(file.toString())).toList()) + "]";
  }

  public void run(String sql) throws IOException {
    // After a query that failed a statement is closed: each has its own.
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new Refused(failure);
    }
  }

  public Answer ask(String sql) throws IOException {
    try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData about = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= about.getColumnCount(); i++) {
        columns.add(about.getColumnName(i));
      }
      List<List<Optional<Object>>> rows = new ArrayList<>();
      while (result.next()) {
        List<Optional<Object>> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(Optional.ofNullable(result.getObject(i)));
        }
        rows.add(row);
      }
      return new Answer(columns, rows);
    } catch (SQLException failure) {
      throw new Refused(failure);
    }
  }

  /** A single number; empty when it is NULL. */
  public Optional<Long> number(String sql) throws IOException {
    return ask(sql).rows().getFirst().getFirst().map(value -> ((Number) value).longValue());
  }

  /**
   * Writes what a query answers as one Parquet file, which is there whole or not at all.
   *
   * @param about what the file says of itself, by names; may be empty
   */
  public void write(String query, Path file, Map<String, String> about) throws IOException {
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling("_" + file.getFileName());
    String metadata = about.isEmpty()
        ? ""
        : ", kv_metadata {" + String.join(", ",
            about.entrySet().stream().map(one -> one.getKey() + ": " + quoted(one.getValue())).toList()) + "}";
    run("COPY (" + query + "\n) TO " + quoted(fresh.toString())
        + " (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880" + metadata + ")");
    try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The names of a query's columns. */
  public Set<String> columns(String query) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    ask("DESCRIBE " + query).rows().forEach(row -> names.add(row.getFirst().map(Object::toString).orElse("")));
    return names;
  }

  /** A table's columns from a query that may lack some: these are NULL. */
  public String shaped(Table table, String query) throws IOException {
    Set<String> there = columns("SELECT * FROM (" + query + "\n)");
    return "SELECT " + String.join(", ", table.columns().stream()
        .map(column -> "CAST(" + (there.contains(column.name()) ? column.name() : "NULL") + " AS " + column.type()
            + ") AS " + column.name())
        .toList()) + (there.contains("day") ? ", day" : "") + " FROM (" + query + "\n)";
  }

  /** Makes an empty table in memory. */
  public void create(Table table) throws IOException {
    run("CREATE OR REPLACE TABLE " + table.name() + " (" + table.definition() + ")");
  }

  /** Puts rows into the table of their name. */
  public void append(Table table, List<? extends Row> rows) throws IOException {
    appendValues(table, rows.stream().map(Row::values).toList());
  }

  /** Puts rows into a table, each with a value for each of its columns. */
  public void appendValues(Table table, List<List<Optional<?>>> rows) throws IOException {
    try (DuckDBAppender appender = connection.unwrap(DuckDBConnection.class).createAppender(table.name())) {
      for (List<Optional<?>> values : rows) {
        appender.beginRow();
        for (int i = 0; i < values.size(); i++) {
          append(appender, table.columns().get(i), values.get(i).orElse(null));
        }
        appender.endRow();
      }
    } catch (SQLException failure) {
      throw new Refused(failure);
    }
  }

  private static void append(DuckDBAppender appender, Table.Column column, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> appender.appendNull();
      case Boolean flag -> appender.append(flag);
      case String text -> appender.append(text);
      case Double number -> appender.append((double) number);
      case Long number -> {
        switch (column.type()) {
          case "INT" -> appender.append(Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE));
          case "SMALLINT" -> appender.append((short) Math.clamp(number, Short.MIN_VALUE, Short.MAX_VALUE));
          default -> appender.append((long) number);
        }
      }
      default -> throw new IllegalArgumentException(column + " can't hold " + value.getClass());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new Refused(failure);
    } finally {
      if (Files.isDirectory(spill)) {
        try (Stream<Path> left = Files.list(spill)) {
          for (Path file : left.toList()) {
            Files.deleteIfExists(file);
          }
        }
        Files.delete(spill);
      }
    }
  }
}
