package io.tare.fleet.store;

import io.tare.fleet.schema.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Removes old days. What a day has taken in stays written down as long as its hours are there, so that nothing comes in twice. */
final class Expiry {
  private final FleetFolder folder;
  private final long rawDaysKept;
  private final long hourlyDaysKept;
  private final List<LocalDate> kept = new ArrayList<>();
  private int rawDays;
  private int hourlyDays;

  Expiry(FleetFolder folder, long rawDaysKept, long hourlyDaysKept) {
    this.folder = folder;
    this.rawDaysKept = rawDaysKept;
    this.hourlyDaysKept = hourlyDaysKept;
  }

  /** Days that are old enough, and have no hours yet. */
  List<LocalDate> kept() {
    return List.copyOf(kept);
  }

  int rawDays() {
    return rawDays;
  }

  int hourlyDays() {
    return hourlyDays;
  }

  void run() throws IOException {
    TreeSet<LocalDate> days = new TreeSet<>(FleetFolder.days(folder.closed(Table.HOURLY)));
    for (Table table : Table.ALL) {
      days.addAll(FleetFolder.days(folder.closed(table.name())));
      days.addAll(FleetFolder.days(folder.inbox(table.name())));
    }
    if (days.isEmpty()) {
      return;
    }
    LocalDate firstRaw = days.getLast().minusDays(rawDaysKept - 1);
    LocalDate firstHourly = days.getLast().minusDays(hourlyDaysKept - 1);
    for (LocalDate day : days) {
      if (day.isBefore(firstHourly)) {
        all(day);
      } else if (day.isBefore(firstRaw)) {
        raw(day);
      }
    }
  }

  /** The ledgers of a day; what is said of its processes is small, and stays with the hours. */
  private void raw(LocalDate day) throws IOException {
    boolean isWaiting = !folder.waitingFiles(Table.LEDGER, day).isEmpty();
    if (isWaiting || folder.closedFiles(Table.HOURLY, day).isEmpty()) {
      kept.add(day);
      return;
    }
    List<Path> files = folder.closedFiles(Table.LEDGER.name(), day);
    if (files.isEmpty()) {
      return;
    }
    folder.close(Table.LEDGER.name(), day,
        new FleetFolder.Closed(List.of(), folder.closedDay(Table.LEDGER.name(), day).taken()));
    for (Path file : files) {
      Files.delete(file);
    }
    rawDays++;
  }

  private void all(LocalDate day) throws IOException {
    for (Table table : Table.ALL) {
      remove(folder.inbox(table, day));
      remove(folder.closed(table.name(), day));
    }
    remove(folder.closed(Table.HOURLY, day));
    hourlyDays++;
  }

  private static void remove(Path day) throws IOException {
    if (!Files.isDirectory(day)) {
      return;
    }
    try (Stream<Path> files = Files.list(day)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(day);
  }
}
