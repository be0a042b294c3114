package io.tare.ledger.owners;

import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Claims laid over each other: disjoint ranges in ascending order, each with the one claim that won it. */
public record OwnerMap(List<Claim> won) {

  /** The claims' order of precedence; the last two keys only make the order total. */
  private static final Comparator<Claim> STRONGEST_FIRST = Comparator
      .comparing(Claim::strength, Comparator.reverseOrder())
      .thenComparing(claim -> claim.range().bytes(), Long::compareUnsigned)
      .thenComparing(Claim::range)
      .thenComparing(Claim::owner);

  public OwnerMap {
    won = List.copyOf(won);
  }

  /** Settles every overlap, in {@code O(n log n)}. */
  public static OwnerMap of(List<Claim> claims) {
    List<Claim> byStart = claims.stream().filter(c -> !c.range().isEmpty())
        .sorted(Comparator.comparing(Claim::range)).toList();
    List<Long> borders = borders(byStart);
    TreeSet<Claim> active = new TreeSet<>(STRONGEST_FIRST);
    TreeSet<Claim> ending = new TreeSet<>(
        Comparator.<Claim, Long>comparing(c -> c.range().end(), Long::compareUnsigned).thenComparing(STRONGEST_FIRST));
    List<Claim> won = new ArrayList<>();
    int next = 0;
    for (int i = 0; i + 1 < borders.size(); i++) {
      long from = borders.get(i);
      while (next < byStart.size() && byStart.get(next).range().start() == from) {
        active.add(byStart.get(next));
        ending.add(byStart.get(next++));
      }
      while (!ending.isEmpty() && Long.compareUnsigned(ending.first().range().end(), from) <= 0) {
        active.remove(ending.pollFirst());
      }
      if (!active.isEmpty()) {
        append(won, active.first(), new AddressRange(from, borders.get(i + 1)));
      }
    }
    return new OwnerMap(won);
  }

  private static List<Long> borders(List<Claim> claims) {
    TreeSet<Long> borders = new TreeSet<>(Long::compareUnsigned);
    for (Claim claim : claims) {
      borders.add(claim.range().start());
      borders.add(claim.range().end());
    }
    return List.copyOf(borders);
  }

  private static void append(List<Claim> won, Claim winner, AddressRange range) {
    if (!won.isEmpty()) {
      Claim last = won.getLast();
      if (last.range().end() == range.start() && last.owner().equals(winner.owner())) {
        won.set(won.size() - 1,
            new Claim(new AddressRange(last.range().start(), range.end()), last.owner(), last.strength()));
        return;
      }
    }
    won.add(new Claim(range, winner.owner(), winner.strength()));
  }
}
