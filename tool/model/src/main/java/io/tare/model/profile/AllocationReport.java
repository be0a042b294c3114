package io.tare.model.profile;

import io.tare.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * Who allocated it, to be shown.
 *
 * @param subject the process or the files
 * @param census the objects by type; empty when none were counted
 * @param top empty when there is no profile
 * @param compared whether the values are differences to an older profile
 * @param listings the lines of the functions that were asked for; empty when none were
 * @param calls who calls the functions that were asked for, and whom they call; empty when none were
 */
public record AllocationReport(String subject, Optional<TypeCensus> census, Optional<TopPlaces> top, boolean compared,
    List<Calls> calls, List<Listing> listings, List<GoroutineGroup> goroutines, List<Problem> problems) {
  public AllocationReport {
    calls = List.copyOf(calls);
    listings = List.copyOf(listings);
    goroutines = List.copyOf(goroutines);
    problems = List.copyOf(problems);
  }

  /** Without lines. */
  public AllocationReport(String subject, Optional<TypeCensus> census, Optional<TopPlaces> top, boolean compared,
      List<Calls> calls, List<GoroutineGroup> goroutines, List<Problem> problems) {
    this(subject, census, top, compared, calls, List.of(), goroutines, problems);
  }

  /**
   * A function, line by line.
   *
   * @param hasSource whether its text was at hand
   */
  public record Listing(TopPlaces.Place place, String file, boolean hasSource, List<SourceLine> lines) {
    public Listing {
      lines = List.copyOf(lines);
    }
  }

  /** A line and what it holds itself, and with all it calls. */
  public record SourceLine(long number, long flat, long cumulative, String text) {}

  /** One place between those before and behind it; the value of an edge is in {@code cumulative}. */
  public record Calls(TopPlaces.Place place, List<TopPlaces.Place> callers, List<TopPlaces.Place> callees) {
    public Calls {
      callers = List.copyOf(callers);
      callees = List.copyOf(callees);
    }
  }
}
