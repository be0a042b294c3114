package io.tare.fleet.store;

import io.tare.fleet.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Closes days: what the inbox has of a day becomes one sorted file a table, and an hour a process beside it. */
public final class Compaction {
  private final FleetFolder folder;
  private final Database database;
  private final List<String> problems = new ArrayList<>();

  public Compaction(FleetFolder folder, Database database) {
    this.folder = folder;
    this.database = database;
  }

  /** What was set aside, and why. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Days that have files in the inbox, in order. */
  public List<LocalDate> waitingDays() throws IOException {
    TreeSet<LocalDate> days = new TreeSet<>();
    for (Table table : Table.ALL) {
      days.addAll(FleetFolder.days(folder.inbox(table.name())));
    }
    return List.copyOf(days);
  }

  /** Closes a day; what came in after it had been closed once is put in its place among the rest. */
  public void close(LocalDate day) throws IOException {
    boolean hasNewLedgers = false;
    for (Table table : Table.ALL) {
      hasNewLedgers |= close(table, day) && table.equals(Table.LEDGER);
    }
    if (hasNewLedgers || (folder.closedFiles(Table.HOURLY, day).isEmpty()
        && !folder.closedFiles(Table.LEDGER.name(), day).isEmpty())) {
      rollUp(day);
    }
  }

  private boolean close(Table table, LocalDate day) throws IOException {
    FleetFolder.Closed before = folder.closedDay(table.name(), day);
    SortedMap<String, String> taken = new TreeMap<>(before.taken());
    List<Path> fresh = new ArrayList<>();
    boolean isAgain = false;
    for (Path file : FleetFolder.parquet(folder.inbox(table, day))) {
      Optional<String> why = FleetFolder.torn(file).or(() -> unreadable(file));
      if (why.isPresent()) {
        setAside(file, why.get());
        continue;
      }
      String name = file.getFileName().toString();
      String digest = Import.digest(database, file);
      String known = taken.put(name, digest);
      isAgain |= known != null;
      if (!digest.equals(known)) {
        fresh.add(file);
      }
    }
    if (!fresh.isEmpty()) {
      List<Path> old = folder.closedFiles(table.name(), day);
      List<Path> all = new ArrayList<>(fresh);
      all.addAll(old);
      String part = "part-0." + (before.parts().isEmpty() && old.isEmpty() ? "" : generation(old) + ".") + "parquet";
      database.write(sorted(table, all, isAgain), folder.closed(table.name(), day).resolve(part), Map.of());
      folder.close(table.name(), day, new FleetFolder.Closed(List.of(part), taken));
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    }
    for (Path file : FleetFolder.parquet(folder.inbox(table, day))) {
      if (taken.containsKey(file.getFileName().toString())) {
        Files.delete(file);
      }
    }
    removeIfEmpty(folder.inbox(table, day));
    return !fresh.isEmpty();
  }

  /** Behind the highest number of those that there are. */
  private static int generation(List<Path> parts) {
    return parts.stream().map(part -> part.getFileName().toString().split("\\."))
        .mapToInt(words -> words.length == 3 && words[1].matches("\\d{1,6}") ? Integer.parseInt(words[1]) : 0).max()
        .orElse(0) + 1;
  }

  private String sorted(Table table, List<Path> files, boolean isAgain) throws IOException {
    String rows = "SELECT * EXCLUDE (filename) FROM read_parquet(" + Database.list(files)
        + ", union_by_name = true, hive_partitioning = false, filename = true)";
    if (isAgain && table.equals(Table.LEDGER)) {
      // A recording that went on after it had been taken: the later state of a minute counts, and it stands in an inbox file.
      rows += " QUALIFY row_number() OVER (PARTITION BY proc, t ORDER BY filename LIKE '%/inbox/%' DESC, filename) = 1";
    }
    return (isAgain && !table.equals(Table.LEDGER) ? "SELECT DISTINCT * FROM (" : "SELECT * FROM (")
        + database.shaped(table, rows) + ") ORDER BY " + order(table);
  }

  private static String order(Table table) {
    return table.equals(Table.NODE_CAPACITY)
        ? "node NULLS LAST, t"
        : "service NULLS LAST, pod NULLS LAST, t, proc";
  }

  private Optional<String> unreadable(Path file) {
    try {
      boolean isOurs = database.number("SELECT count(*) FROM parquet_schema(" + Database.quoted(file.toString())
          + ") WHERE name = 't'").orElse(0L) > 0;
      return isOurs ? Optional.empty() : Optional.of("it is a Parquet file, but none of Tare's");
    } catch (IOException damaged) {
      return Optional.of("its footer is damaged");
    }
  }

  /** The name of the folder that a file lies in. */
  private static String day(Path file) {
    Path within = file.getParent();
    return within == null ? "" : String.valueOf(within.getFileName());
  }

  private void setAside(Path file, String why) throws IOException {
    Files.createDirectories(folder.aside());
    Path target = folder.aside().resolve(day(file) + "-" + file.getFileName());
    Files.move(file, target);
    problems.add(file + " was set aside as " + target + ": " + why);
  }

  private static void removeIfEmpty(Path day) throws IOException {
    if (Files.isDirectory(day)) {
      try (var left = Files.list(day)) {
        if (left.findAny().isEmpty()) {
          Files.delete(day);
        }
      }
    }
  }

  /** Makes the hours of a day from its closed minutes. */
  public void rollUp(LocalDate day) throws IOException {
    String minutes = "(" + database.shaped(Table.LEDGER, "SELECT * FROM read_parquet("
        + Database.list(folder.closedFiles(Table.LEDGER.name(), day)) + ", hive_partitioning = false)") + ")";
    Path file = folder.closed(Table.HOURLY, day).resolve("part-0.parquet");
    database.write(database.shaped(Table.LEDGER, RollUp.of(minutes)), file, Map.of());
  }
}
