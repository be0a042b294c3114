package io.tare.fleet.ask;

import io.tare.app.cli.UsageException;
import io.tare.fleet.schema.Table;
import io.tare.fleet.store.Database;
import io.tare.fleet.store.FleetFolder;
import io.tare.fleet.store.Views;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts questions to DuckDB, over the files that count. */
public final class Asking {
  private final Database database;
  private final Views views;
  private final Window window;
  private final List<String> notes;

  /** What somebody wants to know of it. {@code where} is a condition on the columns of {@link Table#IDENTITY}; empty for all. */
  public record Scope(Duration since, String where, double price, double headroom) {}

  /**
   * An answer.
   *
   * @param notes what was left out, and what is to be known
   */
  public record FleetAnswer(Question question, Window window, Database.Answer table, List<String> notes) {
    public FleetAnswer {
      notes = List.copyOf(notes);
    }
  }

  private Asking(Database database, Views views, Window window, List<String> notes) {
    this.database = database;
    this.views = views;
    this.window = window;
    this.notes = notes;
  }

  /** Finds the files, and makes tables of them. */
  public static Asking of(FleetFolder folder, Scope scope, Database database) throws IOException, UsageException {
    check(scope.where(), database);
    Views views = new Views(folder);
    LocalDate newest = views.newestDay().orElseThrow(() -> new IOException(
        folder.root() + " has folders for ledgers, and no file in them that can be read"
            + views.problems().stream().findFirst().map(first -> ": " + first).orElse("")));
    views.create(database, views.files(Table.LEDGER, newest, newest), "");
    long now = database.number("SELECT max(t) FROM ledger").orElseThrow(
        () -> new IOException("no ledger of " + newest + " in " + folder.root() + " says when it was taken"));
    Window wide = new Window(now, scope.since(), scope.price(), scope.headroom());
    for (Table table : Table.ALL) {
      views.create(database, views.files(table, wide.from(), wide.to()),
          table.equals(Table.NODE_CAPACITY) ? "" : scope.where());
    }
    List<String> notes = new ArrayList<>();
    Optional<Long> first = first(views, wide, database);
    if (first.isEmpty()) {
      notes.add(scope.where().isBlank() ? "there is no ledger of that time" : "no ledger meets " + scope.where());
    }
    Window window = first.map(wide::atMost).orElse(wide);
    if (window.since().compareTo(scope.since().minusMinutes(10)) < 0 && first.isPresent()) {
      notes.add("the oldest ledger of that time is younger than " + days(scope.since()) + ": means are over "
          + days(window.since()));
    }
    return new Asking(database, views, window, notes);
  }

  /** The oldest ledger of that time: a day after the other, for the first that has one is enough. */
  private static Optional<Long> first(Views views, Window window, Database database) throws IOException {
    for (LocalDate day = window.from(); !day.isAfter(window.to()); day = day.plusDays(1)) {
      if (!views.files(Table.LEDGER, day, day).paths().isEmpty()) {
        Optional<Long> first = database.number("SELECT min(t) FROM ledger WHERE day = DATE '" + day + "' AND t > "
            + (window.now() - window.since().toSeconds()));
        if (first.isPresent()) {
          return first;
        }
      }
    }
    return Optional.empty();
  }

  private static void check(String where, Database database) throws UsageException, IOException {
    if (where.isBlank()) {
      return;
    }
    try {
      database.ask("SELECT 1 FROM (SELECT " + String.join(", ",
          Table.IDENTITY.stream().map(column -> "CAST(NULL AS STRING) AS " + column).toList()) + ") WHERE (" + where
          + "\n)");
    } catch (Database.Refused refused) {
      throw new UsageException("--where is a condition on " + String.join(", ", Table.IDENTITY)
          + ", such as \"service = 'orders' AND node LIKE 'eu-%'\": " + refused.getMessage());
    }
  }

  static String days(Duration since) {
    double days = since.toSeconds() / 86_400.0;
    return days >= 2
        ? Math.round(days * 10) / 10.0 + " days"
        : Math.round(since.toSeconds() / 360.0) / 10.0 + " hours";
  }

  public Window window() {
    return window;
  }

  /** The answer to a question. */
  public FleetAnswer ask(Question question) throws IOException {
    Database.Answer answer = database.ask(window.fill(question.sql()));
    List<String> all = new ArrayList<>(notes);
    if (question.needsMinutes() && views.hasHours()) {
      all.add("part of that time is known by the hour only, and this question looks at minutes: it sees less there");
    }
    all.addAll(views.problems());
    return new FleetAnswer(question, window, answer, all);
  }
}
