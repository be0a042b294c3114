package io.tare.report.difference;

import io.tare.model.history.Difference;
import io.tare.model.history.Difference.Line;
import io.tare.model.history.Investigation;
import io.tare.model.history.Investigation.Stage;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Snapshot.Amount;
import io.tare.model.ledger.Account;
import io.tare.report.look.Count;
import io.tare.report.look.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What the text, the page and the Markdown of an investigation say alike. */
final class InvestigationWords {
  private static final int MOST_LEFT = 6;
  private static final double LEAST_LEFT = 0.005;
  private static final String UNKNOWN = "-";

  private final Investigation investigation;
  private final Units units;

  InvestigationWords(Investigation investigation, Units units) {
    this.investigation = investigation;
    this.units = units;
  }

  /** A column that at least one stage knows. */
  record Column(String title, Function<Stage, String> cell) {}

  /** An account that is left, with its part of gross. */
  record Left(String id, String title, double bytes, OptionalDouble share) {}

  static String letter(int index) {
    return index < 26 ? String.valueOf((char) ('a' + index)) : String.valueOf(index + 1);
  }

  String title() {
    return investigation.areVariants()
        ? Count.of(investigation.stages().size(), "variant") + " of one command"
        : investigation.stages().getFirst().name() + " \u2192 " + investigation.stages().getLast().name();
  }

  /** The answer, in a sentence. */
  String headline() {
    if (!investigation.areVariants()) {
      return investigation.whole().summary();
    }
    Stage first = investigation.stages().getFirst();
    Optional<Stage> lightest = investigation.stages().stream()
        .filter(stage -> gross(stage).filter(line -> line.moved() && line.change().orElse(0) < 0).isPresent())
        .min(Comparator.comparingDouble(stage -> level(stage, SeriesNames.RSS).orElse(Double.MAX_VALUE)));
    return lightest.map(stage -> stage.name() + " weighs least: " + cell(stage, SeriesNames.RSS) + " at its peak, "
        + change(gross(stage).orElseThrow()) + " beside " + first.name() + ".")
        .orElse("None weighs less than " + first.name() + " by more than noise.");
  }

  List<Column> columns() {
    List<Column> all = new ArrayList<>(List.of(new Column(investigation.areVariants() ? "peak" : "gross", stage -> cell(stage, SeriesNames.RSS)),
        new Column("peak",
            stage -> stage.peakBytes().isPresent() ? units.level(stage.peakBytes().getAsDouble(), SeriesUnit.BYTES)
                : UNKNOWN),
        new Column("net", stage -> cell(stage, SeriesNames.NET)),
        new Column("anonymous", stage -> cell(stage, SeriesNames.RSS_ANON)),
        new Column("items", stage -> rate(stage.state().itemsPerSecond())),
        new Column("collecting", stage -> share(stage.state().gcShare()))));
    if (investigation.areVariants()) {
      all.remove(1);
    }
    all.removeIf(column -> investigation.stages().stream().map(column.cell()).allMatch(UNKNOWN::equals));
    all.add(new Column(investigation.areVariants() ? "beside a" : "change",
        stage -> stage.returned().flatMap(InvestigationWords::grossOf).map(this::changeOrSame).orElse("")));
    return all;
  }

  /** What a change returned; of the first stage, that there is none. */
  String returned(Stage stage) {
    return stage.returned().map(Difference::summary).orElse("The first: what the others are held against.");
  }

  String heldAgainst(int index) {
    return index == 0 ? "" : investigation.stages().get(investigation.areVariants() ? 0 : index - 1).name();
  }

  static List<Line> moved(Stage stage) {
    return stage.returned().map(difference -> difference.accounts().stream()
        .filter(line -> line.moved() && line.unit() == SeriesUnit.BYTES).toList()).orElse(List.of());
  }

  /** What the change was paid with, where both sides tell it. */
  static List<String> price(Stage stage) {
    return stage.returned().map(difference -> difference.notes().stream().filter(note -> note.startsWith("Price: "))
        .toList()).orElse(List.of());
  }

  /** What stands for the accounts where there are none. */
  String unknown() {
    return investigation.areVariants()
        ? "No ledger was taken near its peak that tells what it is made of"
        : "No ledger tells what it is made of";
  }

  /** The largest accounts; those of less than half a percent are not worth their line. */
  static List<Left> left(Stage stage) {
    OptionalDouble gross = level(stage, SeriesNames.RSS);
    return stage.state().amounts().entrySet().stream().filter(entry -> entry.getValue().level() > 0)
        .flatMap(entry -> Account.byId(entry.getKey()).stream().map(account -> new Left(account.id(), account.title(),
            entry.getValue().level(), share(entry.getValue(), gross))))
        .filter(one -> one.share().orElse(1) >= LEAST_LEFT).sorted(Comparator.comparingDouble((Left one) -> -one.bytes())).limit(MOST_LEFT).toList();
  }

  String left(Left one) {
    return units.level(one.bytes(), SeriesUnit.BYTES) + (one.share().isPresent()
        ? String.format(Locale.ROOT, " (%.0f %%)", 100 * one.share().getAsDouble())
        : "");
  }

  /** What the stage weighs; empty where that is not known. */
  static OptionalDouble level(Stage stage, String series) {
    Amount amount = stage.state().amounts().get(series);
    return amount == null ? OptionalDouble.empty() : OptionalDouble.of(amount.level());
  }

  String level(Line line, OptionalDouble value) {
    return value.isPresent() ? units.level(value.getAsDouble(), line.unit()) : UNKNOWN;
  }

  /** {@code −67.0 MB, −31 %}. */
  String change(Line line) {
    if (line.change().isEmpty()) {
      return UNKNOWN;
    }
    double change = line.change().getAsDouble();
    String percent = line.before().orElse(0) > 0
        ? String.format(Locale.ROOT, ", %s%.0f %%", change < 0 ? "\u2212" : "+",
            Math.abs(100 * change / line.before().getAsDouble()))
        : "";
    return units.signedLevel(change, line.unit()) + percent;
  }

  private String changeOrSame(Line line) {
    return line.moved() ? change(line) : "same";
  }

  private static Optional<Line> gross(Stage stage) {
    return stage.returned().flatMap(InvestigationWords::grossOf);
  }

  private static Optional<Line> grossOf(Difference difference) {
    return difference.scales().stream().filter(line -> line.id().equals(SeriesNames.RSS) && line.change().isPresent())
        .findFirst();
  }

  private String cell(Stage stage, String series) {
    Amount amount = stage.state().amounts().get(series);
    return amount == null ? UNKNOWN : units.level(amount.level(), amount.unit());
  }

  private static OptionalDouble share(Amount amount, OptionalDouble gross) {
    return gross.isPresent() && gross.getAsDouble() > 0
        ? OptionalDouble.of(amount.level() / gross.getAsDouble())
        : OptionalDouble.empty();
  }

  private static String rate(OptionalDouble items) {
    return items.isEmpty() ? UNKNOWN : Count.grouped(Math.round(items.getAsDouble())) + "/s";
  }

  private static String share(OptionalDouble part) {
    return part.isEmpty() ? UNKNOWN : String.format(Locale.ROOT, "%.1f %%", 100 * part.getAsDouble());
  }
}
