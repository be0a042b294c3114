package io.tare.history.compare;

import io.tare.history.judge.AmountWords;
import io.tare.model.history.Difference;
import io.tare.model.history.Difference.Line;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Snapshot.Amount;
import io.tare.model.ledger.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares two weighings account by account; a change counts when it is larger than what both sides vary by. */
public final class Differences {
  private static final List<String> SCALES = List.of(SeriesNames.RSS, SeriesNames.NET, SeriesNames.RSS_ANON,
      SeriesNames.RSS_FILE, SeriesNames.SWAP, SeriesNames.CGROUP_USAGE, SeriesNames.WORKING_SET,
      SeriesNames.CGROUP_FILE);

  private static final String UNEXPLAINED = "unexplained";
  /** What one ledger splits and another does not. */
  private static final Set<String> SAID_OTHERWISE = Set.of(Account.HEAP_USED.id(), Account.HEAP_LIVE.id(),
      Account.HEAP_GARBAGE.id(), Account.MALLOC_USED.id(), Account.MALLOC_IDLE.id(), Account.MALLOC_UNSPLIT.id());

  private Differences() {}

  public static Difference of(Snapshot before, Snapshot after) {
    Set<String> ids = new TreeSet<>(before.amounts().keySet());
    ids.addAll(after.amounts().keySet());
    ids.remove(SeriesNames.NET_LEAST);
    List<Line> accounts = new ArrayList<>();
    ids.stream().filter(id -> !SCALES.contains(id)).map(id -> line(id, before, after)).forEach(accounts::add);
    accounts.sort(Comparator.comparing((Line line) -> !line.moved())
        .thenComparing(line -> line.unit() != SeriesUnit.BYTES)
        .thenComparing(Comparator.comparingDouble((Line line) -> Math.abs(line.change().orElse(0))).reversed())
        .thenComparing(Line::id));
    List<Line> scales = SCALES.stream().filter(ids::contains).map(id -> line(id, before, after)).toList();
    return new Difference(before, after, scales, accounts, summary(scales, accounts),
        notes(before, after, Stream.concat(scales.stream(), accounts.stream()).toList()), List.of());
  }

  private static Line line(String id, Snapshot before, Snapshot after) {
    Optional<Amount> left = Optional.ofNullable(before.amounts().get(id));
    Optional<Amount> right = Optional.ofNullable(after.amounts().get(id));
    OptionalDouble from = level(id, left, before);
    OptionalDouble to = level(id, right, after);
    OptionalDouble change = from.isPresent() && to.isPresent()
        ? OptionalDouble.of(to.getAsDouble() - from.getAsDouble())
        : OptionalDouble.empty();
    double noise = Math.hypot(noise(left), noise(right));
    SeriesUnit unit = left.or(() -> right).map(Amount::unit).orElse(SeriesUnit.BYTES);
    return new Line(id, unit, from, to, change, noise, Math.abs(change.orElse(0)) > noise);
  }

  /** A ledger names every byte: what it does not name is nothing, unless it may have said it in other words. */
  private static OptionalDouble level(String id, Optional<Amount> amount, Snapshot side) {
    if (amount.isPresent()) {
      return OptionalDouble.of(amount.get().level());
    }
    boolean isNothing = side.amounts().containsKey(UNEXPLAINED) && Account.byId(id).isPresent()
        && !SAID_OTHERWISE.contains(id);
    return isNothing ? OptionalDouble.of(0) : OptionalDouble.empty();
  }

  private static double noise(Optional<Amount> amount) {
    return amount.map(Amount::noise).orElse(0.0);
  }

  private static String summary(List<Line> scales, List<Line> accounts) {
    Optional<Line> rss = scales.stream()
        .filter(line -> line.id().equals(SeriesNames.RSS) && line.change().isPresent()).findFirst();
    String gross = rss.map(Differences::words).orElse("Gross is not known on both sides");
    String link = rss.isPresent() && rss.get().moved() ? "; most of it: " : "; within it moved: ";
    String moved = accounts.stream().filter(line -> line.moved() && line.unit() == SeriesUnit.BYTES).limit(3)
        .map(line -> line.id() + " " + signed(line)).collect(Collectors.joining(", "));
    boolean isKnown = accounts.stream()
        .anyMatch(line -> line.unit() == SeriesUnit.BYTES && line.change().isPresent());
    return gross + (!moved.isEmpty()
        ? link + moved + "."
        : isKnown ? "; no account moved by more than noise." : "; what the accounts did no ledger tells.");
  }

  private static String words(Line line) {
    if (!line.moved()) {
      return "Gross did not change by more than noise (" + signed(line) + ")";
    }
    double before = line.before().orElse(0);
    String share = before > 0
        ? String.format(Locale.ROOT, ", %.0f %%", Math.abs(100 * line.change().orElse(0) / before))
        : "";
    return "Gross " + (line.change().orElse(0) < 0 ? "fell" : "rose") + " by "
        + AmountWords.of(Math.abs(line.change().orElse(0)), line.unit()) + share;
  }

  private static String signed(Line line) {
    return (line.change().orElse(0) < 0 ? "\u2212" : "+")
        + AmountWords.of(Math.abs(line.change().orElse(0)), line.unit());
  }

  private static List<String> notes(Snapshot before, Snapshot after, List<Line> lines) {
    List<String> notes = new ArrayList<>();
    notes.addAll(price("throughput", " items per second", before.itemsPerSecond(), after.itemsPerSecond()));
    notes.addAll(price("collections took", " % of the time", percent(before.gcShare()), percent(after.gcShare())));
    if (notes.isEmpty()) {
      notes.add("The price is not known: neither side tells throughput or the time of collections.");
    }
    unknown("before", lines, Line::before).ifPresent(notes::add);
    unknown("after", lines, Line::after).ifPresent(notes::add);
    return notes;
  }

  private static Optional<String> unknown(String side, List<Line> lines, Function<Line, OptionalDouble> level) {
    String ids = lines.stream().filter(line -> level.apply(line).isEmpty()).map(Line::id)
        .collect(Collectors.joining(", "));
    return ids.isEmpty() ? Optional.empty() : Optional.of("Not known " + side + ", and not compared: " + ids + ".");
  }

  private static OptionalDouble percent(OptionalDouble share) {
    return share.isPresent() ? OptionalDouble.of(100 * share.getAsDouble()) : share;
  }

  private static List<String> price(String what, String unit, OptionalDouble before, OptionalDouble after) {
    return before.isPresent() && after.isPresent()
        ? List.of("Price: " + what + " " + number(before.getAsDouble()) + unit + " before, "
            + number(after.getAsDouble()) + " after.")
        : List.of();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }
}
