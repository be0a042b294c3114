package io.tare.fleet.store;

import io.tare.fleet.schema.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fleet's tables as an engine sees them: every file that counts, whatever version of the schema it was written with. Files that are torn
 * are left out and told. Where a day's ledgers have expired, its roll-up stands in for them.
 */
public final class Views {
  private final FleetFolder folder;
  private final Set<String> problems = new LinkedHashSet<>();
  private boolean hasHours;

  /** Files of one table: those of a process and minute, and in their stead those of an hour. */
  public record Files(Table table, List<Path> paths) {
    public Files {
      paths = List.copyOf(paths);
    }
  }

  public Views(FleetFolder folder) {
    this.folder = folder;
  }

  /** What was left out, and why. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Whether hours stand in for minutes in what was looked for so far. */
  public boolean hasHours() {
    return hasHours;
  }

  /** The newest day of which there are ledgers. */
  public Optional<LocalDate> newestDay() throws IOException {
    TreeSet<LocalDate> days = new TreeSet<>();
    for (Path table : List.of(folder.closed(Table.LEDGER.name()), folder.inbox(Table.LEDGER.name()),
        folder.closed(Table.HOURLY))) {
      days.addAll(FleetFolder.days(table));
    }
    while (!days.isEmpty()) {
      if (!files(Table.LEDGER, days.getLast(), days.getLast()).paths().isEmpty()) {
        return Optional.of(days.getLast());
      }
      days.removeLast();
    }
    return Optional.empty();
  }

  /** The files of a table of these days, the last included. */
  public Files files(Table table, LocalDate from, LocalDate to) throws IOException {
    TreeSet<LocalDate> days = new TreeSet<>(FleetFolder.days(folder.closed(table.name())));
    days.addAll(FleetFolder.days(folder.inbox(table.name())));
    if (table.equals(Table.LEDGER)) {
      days.addAll(FleetFolder.days(folder.closed(Table.HOURLY)));
    }
    List<Path> paths = new ArrayList<>();
    for (LocalDate day : days) {
      if (!day.isBefore(from) && !day.isAfter(to)) {
        paths.addAll(day(table, day));
      }
    }
    return new Files(table, paths);
  }

  private List<Path> day(Table table, LocalDate day) throws IOException {
    List<Path> files = new ArrayList<>(folder.closedFiles(table.name(), day));
    files.addAll(folder.waitingFiles(table, day));
    if (files.isEmpty() && table.equals(Table.LEDGER)) {
      files.addAll(folder.closedFiles(Table.HOURLY, day));
      hasHours |= !files.isEmpty();
    }
    List<Path> whole = new ArrayList<>();
    for (Path file : files) {
      Optional<String> torn = FleetFolder.torn(file);
      if (torn.isEmpty()) {
        whole.add(file);
      } else {
        leaveOut(file, torn.get());
      }
    }
    return whole;
  }

  /**
   * Makes the view of a table.
   *
   * @param condition what every row must meet; empty for all
   */
  public void create(Database database, Files files, String condition) throws IOException {
    Table table = files.table();
    List<Path> sound = sound(database, files.paths());
    String rows = sound.isEmpty()
        ? "SELECT CAST(NULL AS DATE) AS day WHERE false"
        : "SELECT * FROM read_parquet(" + Database.list(sound)
            + ", union_by_name = true, hive_partitioning = true, hive_types = {'day': DATE})";
    database.run("CREATE OR REPLACE VIEW " + table.name() + " AS SELECT * FROM (" + database.shaped(table, rows) + ")"
        + (condition.isBlank() ? "" : " WHERE (" + condition + "\n)"));
  }

  /** Files that an engine can read and that are ours; the others are told. */
  private List<Path> sound(Database database, List<Path> files) throws IOException {
    List<Path> readable = files.isEmpty() || reads(database, files).isEmpty() ? files : readable(database, files);
    if (readable.isEmpty()) {
      return List.of();
    }
    Set<String> ours = new HashSet<>();
    database.ask("SELECT DISTINCT file_name FROM parquet_schema(" + Database.list(readable) + ") WHERE name = 't'")
        .rows()
        .forEach(row -> ours.add(row.getFirst().map(Object::toString).orElse("")));
    return readable.stream().filter(file -> {
      boolean isOurs = ours.contains(file.toString());
      if (!isOurs) {
        leaveOut(file, "it is a Parquet file, but none of Tare's");
      }
      return isOurs;
    }).toList();
  }

  private void leaveOut(Path file, String why) {
    problems.add(folder.root().relativize(file) + " is left out: " + why);
  }

  private List<Path> readable(Database database, List<Path> files) throws IOException {
    List<Path> readable = new ArrayList<>();
    for (Path file : files) {
      Optional<String> failure = reads(database, List.of(file));
      if (failure.isEmpty()) {
        readable.add(file);
      } else {
        leaveOut(file, "its footer is damaged (" + failure.get() + ")");
      }
    }
    return readable;
  }

  private static Optional<String> reads(Database database, List<Path> files) {
    try {
      database.ask("SELECT count(*) FROM parquet_schema(" + Database.list(files) + ")");
      return Optional.empty();
    } catch (IOException damaged) {
      return Optional.of(String.valueOf(damaged.getMessage()));
    }
  }
}
