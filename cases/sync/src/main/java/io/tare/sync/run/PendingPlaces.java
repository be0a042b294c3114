package io.tare.sync.run;

import io.tare.sync.source.Listing;
import io.tare.sync.source.Place;
import io.tare.sync.state.ContentKey;
import io.tare.sync.state.SmallTable;
import io.tare.sync.state.StateTransaction;
import java.util.List;
import java.util.Locale;

/**
 * What is still to be listed, kept in the state file: a place is taken out in the transaction that stores its last files, so a
 * scan that was killed goes on with the places that are left, and a million of them take no heap. The order of keys is the order
 * of listing: by level, or the deepest first.
 */
final class PendingPlaces {
  private static final int DEEPEST = 9999;
  private static final char BETWEEN = '\0';

  private final Listing listing;

  PendingPlaces(Listing listing) {
    this.listing = listing;
  }

  /** One of them, with its key. */
  record Pending(String key, Place place) {}

  String key(String place) {
    int depth = Math.min(Place.of(place).depth(), DEEPEST);
    return String.format(Locale.ROOT, "%04d:", listing == Listing.RECURSIVE ? DEEPEST - depth : depth)
        + ContentKey.of(place);
  }

  void add(Place place, StateTransaction transaction) {
    transaction.units().put(key(place.path()), place.path() + BETWEEN + place.continuation());
  }

  void done(Place place, StateTransaction transaction) {
    transaction.units().remove(key(place.path()));
  }

  List<Pending> first(int most, StateTransaction transaction) {
    return transaction.units().first(most).stream().map(PendingPlaces::pending).toList();
  }

  private static Pending pending(SmallTable.Row row) {
    int between = row.value().indexOf(BETWEEN);
    return new Pending(row.key(), new Place(row.value().substring(0, between), row.value().substring(between + 1)));
  }
}
