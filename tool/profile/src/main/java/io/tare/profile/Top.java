package io.tare.profile;

import io.tare.model.profile.AllocationReport.Calls;
import io.tare.model.profile.AllocationReport.Listing;
import io.tare.model.profile.AllocationReport.SourceLine;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.TopPlaces;
import io.tare.model.profile.TopPlaces.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heaviest places of a profile. */
public final class Top {
  private static final int MOST_PEEKED = 20;
  /** So many lines before one that allocates are shown with it. */
  private static final int AROUND = 2;

  private Top() {}

  /** What counts as one place. */
  public enum By {
    FUNCTION, LINE, PACKAGE, THREAD, TYPE;

    private static final Pattern CLASS_NAME = Pattern.compile("\\.\\p{Lu}");

    /** The places of a stack, the innermost first. What is said of all of it is one place. */
    List<String> places(Sample sample) {
      return isOfWholeStack()
          ? List.of(sample.tags().getOrDefault(name().toLowerCase(Locale.ROOT), "not told"))
          : sample.frames().stream().map(this::place).toList();
    }

    /** Whether it is said of the stack, and not of each of its frames. */
    boolean isOfWholeStack() {
      return this == THREAD || this == TYPE;
    }

    String place(Frame frame) {
      return switch (this) {
        case FUNCTION, THREAD, TYPE -> frame.function();
        case LINE -> lineOf(frame);
        case PACKAGE -> packageOf(frame);
      };
    }

    /** Of tracemalloc the file stands for the function. */
    private static String lineOf(Frame frame) {
      String line = frame.file() + ":" + frame.line();
      return frame.file().isEmpty()
          ? frame.function()
          : frame.function().equals(frame.file()) ? line : frame.function() + " " + line;
    }

    /** Of Java's {@code app.Order$Line.add} it is {@code app}: what stands before the first name with a capital letter. */
    private static String packageOf(Frame frame) {
      if (!frame.file().endsWith(".java")) {
        return packageOf(frame.function());
      }
      Matcher names = CLASS_NAME.matcher(frame.function());
      return names.find() ? frame.function().substring(0, names.start()) : packageOf(frame.function());
    }

    /** Of {@code net/http.(*conn).serve} it is {@code net/http}; dots of the path's last part are written {@code %2e} by the compiler. */
    private static String packageOf(String function) {
      int bracket = function.indexOf('[');
      String plain = bracket < 0 ? function : function.substring(0, bracket);
      int dot = plain.indexOf('.', plain.lastIndexOf('/') + 1);
      return dot < 0 ? function : plain.substring(0, dot);
    }
  }

  /**
   * The places, the heaviest first.
   *
   * @param type which of the profile's values
   */
  public static TopPlaces places(Profile profile, int type, By by) {
    PlaceSums sums = new PlaceSums(by);
    long total = 0;
    for (Sample sample : profile.samples()) {
      long value = sample.values().get(type);
      total += value;
      sums.add(sample, value);
    }
    List<Place> places = sums.places();
    places.removeIf(place -> place.flat() == 0 && place.cumulative() == 0);
    places.sort(Comparator.comparingLong((Place place) -> Math.abs(place.flat())).reversed()
        .thenComparing(Comparator.comparingLong((Place place) -> Math.abs(place.cumulative())).reversed())
        .thenComparing(Place::name));
    return new TopPlaces(profile.types().get(type), by.name().toLowerCase(Locale.ROOT), total, places);
  }

  /** Who calls the places whose name the pattern finds, and whom they call, in the order of {@link #places}. */
  public static List<Calls> calls(Profile profile, int type, By by, Pattern wanted) {
    List<Calls> calls = new ArrayList<>();
    for (Place place : places(profile, type, by).places()) {
      if (wanted.matcher(place.name()).find() && calls.size() < MOST_PEEKED) {
        calls.add(calls(profile, type, by, place));
      }
    }
    return calls;
  }

  private static Calls calls(Profile profile, int type, By by, Place place) {
    Map<String, Long> callers = new HashMap<>();
    Map<String, Long> callees = new HashMap<>();
    for (Sample sample : profile.samples()) {
      List<String> names = by.places(sample);
      Set<String> seenCallers = new HashSet<>();
      Set<String> seenCallees = new HashSet<>();
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).equals(place.name())) {
          count(callers, seenCallers, i + 1 < names.size() ? names.get(i + 1) : "", sample.values().get(type));
          count(callees, seenCallees, i > 0 ? names.get(i - 1) : "", sample.values().get(type));
        }
      }
    }
    return new Calls(place, sorted(callers), sorted(callees));
  }

  /**
   * The lines of the functions that the pattern finds, in the order of {@link #places}, each with what it holds.
   *
   * @param source of a function and its file: the text of its lines, by number; nothing where it is not at hand
   */
  public static List<Listing> listings(Profile profile, int type, Pattern wanted,
      Function<Frame, List<String>> source) {
    List<Listing> listings = new ArrayList<>();
    for (Place place : places(profile, type, By.FUNCTION).places()) {
      if (wanted.matcher(place.name()).find() && listings.size() < MOST_PEEKED) {
        listings.add(listing(profile, type, place, source));
      }
    }
    return listings;
  }

  private static Listing listing(Profile profile, int type, Place place, Function<Frame, List<String>> source) {
    Map<Long, long[]> lines = new TreeMap<>();
    String file = "";
    for (Sample sample : profile.samples()) {
      Set<Long> seen = new HashSet<>();
      for (int i = 0; i < sample.frames().size(); i++) {
        Frame frame = sample.frames().get(i);
        if (frame.function().equals(place.name())) {
          file = frame.file();
          long[] sum = lines.computeIfAbsent(frame.line(), added -> new long[2]);
          sum[0] += i == 0 ? sample.values().get(type) : 0;
          sum[1] += seen.add(frame.line()) ? sample.values().get(type) : 0;
        }
      }
    }
    List<String> text = source.apply(new Frame(place.name(), file, 0));
    List<SourceLine> told = new ArrayList<>();
    long before = -1;
    for (Map.Entry<Long, long[]> line : lines.entrySet()) {
      for (long near = Math.max(before + 1, line.getKey() - AROUND); near < line.getKey() && before > 0; near++) {
        add(told, near, new long[2], text);
      }
      add(told, line.getKey(), line.getValue(), text);
      before = line.getKey();
    }
    return new Listing(place, file, !text.isEmpty(), told);
  }

  private static void add(List<SourceLine> told, long number, long[] sum, List<String> text) {
    boolean isThere = number >= 1 && number <= text.size();
    if (isThere || sum[1] != 0) {
      told.add(new SourceLine(number, sum[0], sum[1], isThere ? text.get((int) number - 1) : ""));
    }
  }

  private static void count(Map<String, Long> sums, Set<String> seen, String name, long value) {
    if (!name.isEmpty() && seen.add(name)) {
      sums.merge(name, value, Long::sum);
    }
  }

  private static List<Place> sorted(Map<String, Long> sums) {
    return sums.entrySet().stream().map(entry -> new Place(entry.getKey(), 0, entry.getValue()))
        .sorted(Comparator.comparingLong((Place place) -> Math.abs(place.cumulative())).reversed()
            .thenComparing(Place::name))
        .toList();
  }
}
