package io.tare.model.profile;

import io.tare.model.profile.Profile.ValueType;
import java.util.List;

/**
 * The places of a profile by what they hold themselves, the heaviest first.
 *
 * @param by what a place is: {@code function}, {@code line} or {@code package}
 * @param total of all stacks that were looked at, also those that are not among the places
 */
public record TopPlaces(ValueType type, String by, long total, List<Place> places) {
  public TopPlaces {
    places = List.copyOf(places);
  }

  /**
   * One place of the program.
   *
   * @param flat of the stacks that end here
   * @param cumulative of the stacks that come through here, each counted once
   */
  public record Place(String name, long flat, long cumulative) {}
}
