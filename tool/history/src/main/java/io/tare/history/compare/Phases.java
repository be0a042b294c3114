package io.tare.history.compare;

import io.tare.history.compare.Stories.GcLoads;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.SampleTable;
import io.tare.model.history.Mark;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Story.AccountChange;
import io.tare.model.history.Story.StoryPhase;
import io.tare.model.history.Weighing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Cuts a track at its marks. */
final class Phases {
  private static final long LEAST_CHANGE = 4096;
  private static final long LEAST_MISSING = 1 << 20;
  private static final long SAME_MOMENT = 2_000;
  /** More than a screen can show are summed up by their names, numbers in them left out. */
  private static final int MOST_SINGLE = 16;

  private final RecordedTrack track;
  private final SampleTable samples;

  private Phases(RecordedTrack track) {
    this.track = track;
    samples = track.samples();
  }

  static List<StoryPhase> of(RecordedTrack track) {
    if (track.marks().isEmpty() || track.samples().size() == 0) {
      return List.of();
    }
    RecordedTrack own = ofItsLife(track);
    if (own.marks().isEmpty()) {
      return List.of();
    }
    List<StoryPhase> single = new Phases(own).single();
    return single.size() > MOST_SINGLE ? summed(single) : single;
  }

  /** Marks of all say nothing of a child that was not there yet, or not any more. */
  private static RecordedTrack ofItsLife(RecordedTrack track) {
    long from = track.samples().epochMillis(0) - SAME_MOMENT;
    long to = track.samples().epochMillis(track.samples().size() - 1) + SAME_MOMENT;
    return new RecordedTrack(track.process(), track.samples(), track.weighings(), track.marks().stream()
        .filter(mark -> mark.at().toEpochMilli() >= from && mark.at().toEpochMilli() <= to).toList(), track.ending());
  }

  private List<StoryPhase> single() {
    List<Boundary> boundaries = boundaries();
    List<StoryPhase> phases = new ArrayList<>();
    for (int i = 0; i + 1 < boundaries.size(); i++) {
      phases.add(phase(boundaries.get(i), boundaries.get(i + 1)));
    }
    return phases;
  }

  private List<Boundary> boundaries() {
    List<Mark> marks = track.marks();
    List<Boundary> boundaries = new ArrayList<>();
    long end = samples.epochMillis(samples.size() - 1);
    boundaries.add(boundary("", samples.epochMillis(0), OptionalLong.empty(), marks.getFirst().at().toEpochMilli()));
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      long next = i + 1 < marks.size() ? marks.get(i + 1).at().toEpochMilli() : end + 1;
      boundaries.add(boundary(mark.label(), mark.at().toEpochMilli(), mark.items(), next));
    }
    Optional<Weighing> last = track.weighings().isEmpty()
        ? Optional.empty()
        : Optional.of(track.weighings().getLast());
    boundaries.add(new Boundary("", Math.max(end, boundaries.getLast().epochMillis()), OptionalLong.empty(),
        samples.size() - 1, last));
    return boundaries;
  }

  private Boundary boundary(String label, long at, OptionalLong items, long next) {
    return new Boundary(label, at, items, rowAt(at), ledgerAt(at, next));
  }

  /** The first reading at or after the moment, else the last one. */
  private int rowAt(long epochMillis) {
    int low = 0;
    int high = samples.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (samples.epochMillis(middle) < epochMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first ledger from the moment on and before the next mark, else the last one before it. */
  private Optional<Weighing> ledgerAt(long epochMillis, long next) {
    Optional<Weighing> before = Optional.empty();
    for (Weighing weighing : track.weighings()) {
      if (weighing.epochMillis() >= epochMillis) {
        return weighing.epochMillis() < next ? Optional.of(weighing) : before;
      }
      before = Optional.of(weighing);
    }
    return before;
  }

  private StoryPhase phase(Boundary from, Boundary to) {
    long peak = 0;
    for (int row = from.row(); row <= to.row(); row++) {
      peak = Math.max(peak, gross(row));
    }
    long before = gross(from);
    long after = gross(to);
    return new StoryPhase(from.label(), to.label(), 1, Instant.ofEpochMilli(from.epochMillis()),
        to.epochMillis() - from.epochMillis(), items(from, to), before, after, Math.max(peak, Math.max(before, after)),
        floorChange(from.row(), to.row()), change(SampleColumn.THREADS, from.row(), to.row()),
        from.row() < to.row() ? GcLoads.between(samples, from.row(), to.row()) : Optional.empty(),
        from.ledger().equals(to.ledger()) ? List.of() : weighed(from, to, after - before));
  }

  private static List<AccountChange> weighed(Boundary from, Boundary to, long grossChange) {
    List<AccountChange> changes = changes(from.ledger(), to.ledger());
    long missing = grossChange - changes.stream().mapToLong(AccountChange::changeBytes).sum();
    if (Math.abs(missing) < Math.max(LEAST_MISSING, Math.abs(grossChange) / 10)) {
      return changes;
    }
    List<AccountChange> all = new ArrayList<>(changes);
    all.add(new AccountChange(StoryPhase.NOT_WEIGHED, 0, missing));
    return all;
  }

  /** A ledger taken for the mark tells best; what it adds up to then agrees with what it says of the accounts. */
  private long gross(Boundary boundary) {
    return boundary.ledger().filter(ledger -> Math.abs(ledger.epochMillis() - boundary.epochMillis()) <= SAME_MOMENT)
        .map(Weighing::grossBytes).orElse(gross(boundary.row()));
  }

  private long gross(int row) {
    double value = samples.value(SampleColumn.RSS, row);
    return Double.isNaN(value) ? 0 : (long) value;
  }

  /** Marks of a phase may count on, or count what was done in it. */
  private static OptionalLong items(Boundary from, Boundary to) {
    if (to.items().isEmpty()) {
      return OptionalLong.empty();
    }
    long before = from.items().orElse(0);
    long after = to.items().getAsLong();
    return OptionalLong.of(after >= before ? after - before : after);
  }

  private OptionalLong change(SampleColumn column, int first, int last) {
    double change = samples.value(column, last) - samples.value(column, first);
    return Double.isNaN(change) ? OptionalLong.empty() : OptionalLong.of((long) change);
  }

  private OptionalLong floorChange(int first, int last) {
    double before = floorAt(first);
    double after = floorAt(last);
    return Double.isNaN(before) || Double.isNaN(after)
        ? OptionalLong.empty()
        : OptionalLong.of((long) (after - before));
  }

  /** The floor of the heap as the last collection before the row left it. */
  private double floorAt(int row) {
    for (int at = row; at >= 0; at--) {
      if (!Double.isNaN(samples.value(SampleColumn.HEAP_FLOOR, at))) {
        return samples.value(SampleColumn.HEAP_FLOOR, at);
      }
    }
    return Double.NaN;
  }

  static List<AccountChange> changes(Optional<Weighing> before, Optional<Weighing> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return List.of();
    }
    TreeSet<String> accounts = new TreeSet<>(before.get().accounts().keySet());
    accounts.addAll(after.get().accounts().keySet());
    List<AccountChange> changes = new ArrayList<>();
    accounts.forEach(id -> changes.add(new AccountChange(id, before.get().bytes(id), after.get().bytes(id))));
    changes.add(new AccountChange("unexplained", before.get().unexplainedBytes(), after.get().unexplainedBytes()));
    changes.removeIf(change -> Math.abs(change.changeBytes()) < LEAST_CHANGE);
    changes.sort(Comparator.comparingLong((AccountChange change) -> -Math.abs(change.changeBytes())));
    return changes;
  }

  private static List<StoryPhase> summed(List<StoryPhase> single) {
    Map<String, StoryPhase> sums = new LinkedHashMap<>();
    single.forEach(phase -> sums.merge(name(phase.fromLabel()) + "\n" + name(phase.toLabel()), phase, Phases::sum));
    return List.copyOf(sums.values());
  }

  private static String name(String label) {
    return label.replaceAll("\\d+", "#");
  }

  private static StoryPhase sum(StoryPhase a, StoryPhase b) {
    long added = a.grossChangeBytes() + b.grossChangeBytes();
    return new StoryPhase(name(a.fromLabel()), name(a.toLabel()), a.times() + b.times(), a.from(),
        a.lengthMillis() + b.lengthMillis(), add(a.items(), b.items()), a.grossBeforeBytes(),
        a.grossBeforeBytes() + added, Math.max(a.peakBytes(), b.peakBytes()),
        add(a.floorChangeBytes(), b.floorChangeBytes()), add(a.threadsChange(), b.threadsChange()), Optional.empty(),
        add(a.changes(), b.changes()));
  }

  private static OptionalLong add(OptionalLong a, OptionalLong b) {
    return a.isPresent() && b.isPresent() ? OptionalLong.of(a.getAsLong() + b.getAsLong()) : a.isPresent() ? a : b;
  }

  private static List<AccountChange> add(List<AccountChange> a, List<AccountChange> b) {
    Map<String, AccountChange> sums = new LinkedHashMap<>();
    a.forEach(change -> sums.put(change.account(), change));
    b.forEach(change -> sums.merge(change.account(), change, (one, two) -> new AccountChange(one.account(),
        one.beforeBytes(), one.afterBytes() + two.changeBytes())));
    return sums.values().stream()
        .sorted(Comparator.comparingLong((AccountChange change) -> -Math.abs(change.changeBytes()))).toList();
  }
}

/**
 * Where one phase ends and the next begins.
 *
 * @param row the reading that belongs to it
 * @param ledger the ledger that belongs to it
 */
record Boundary(String label, long epochMillis, OptionalLong items, int row, Optional<Weighing> ledger) {}
