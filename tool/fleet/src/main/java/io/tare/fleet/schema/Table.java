package io.tare.fleet.schema;

import io.tare.model.ledger.Account;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One table as {@code schema.sql} has it.
 *
 * @param columns in order, without the day, which is the name of a folder
 */
public record Table(String name, List<Column> columns) {
  /** A column with its type, in words that every engine knows. */
  public record Column(String name, String type) {}

  private static final Pattern CREATE = Pattern.compile("CREATE TABLE (\\w+) \\(([^)]+), day DATE\\);");

  public static final List<Table> ALL = read(resource("schema.sql"));
  public static final Table LEDGER = named("ledger");
  public static final Table PROCESS = named("process");
  public static final Table EVENT = named("event");
  public static final Table VERDICT = named("verdict");
  public static final Table REMEDY = named("remedy");
  public static final Table NODE_CAPACITY = named("node_capacity");
  /** The ledger's roll-up: a folder beside the tables', with the ledger's columns. */
  public static final String HOURLY = "ledger_hour";

  /** What says whose a row is; {@code --where} may speak of these. */
  public static final List<String> IDENTITY = List.of("cluster", "node", "ns", "service", "version", "pod",
      "container");

  public Table {
    columns = List.copyOf(columns);
  }

  private static Table named(String name) {
    return ALL.stream().filter(table -> table.name.equals(name)).findFirst().orElseThrow();
  }

  /** The column of an account: {@code a_heap_idle}. */
  public static String column(Account account) {
    return "a_" + account.id().replace('.', '_');
  }

  public boolean has(String column) {
    return columns.stream().anyMatch(one -> one.name().equals(column));
  }

  /** The columns as a definition has them: {@code t BIGINT, …}. */
  public String definition() {
    return String.join(", ", columns.stream().map(column -> column.name() + " " + column.type()).toList());
  }

  private static List<Table> read(String sql) {
    List<Table> tables = new ArrayList<>();
    Matcher create = CREATE.matcher(sql.replaceAll("--[^\n]*", "").replaceAll("\\s+", " "));
    while (create.find()) {
      List<Column> columns = new ArrayList<>();
      for (String column : create.group(2).strip().split(", ")) {
        String[] words = column.strip().split(" ");
        columns.add(new Column(words[0], words[1]));
      }
      tables.add(new Table(create.group(1), columns));
    }
    return List.copyOf(tables);
  }

  private static String resource(String name) {
    try (InputStream in = Table.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
