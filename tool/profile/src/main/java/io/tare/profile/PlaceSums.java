package io.tare.profile;

import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.TopPlaces.Place;
import io.tare.profile.Top.By;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What each place has itself, and with all it called. Large profiles name the same frame millions of times: its place is looked up once. */
final class PlaceSums {
  private final By by;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final IdentityHashMap<Frame, Integer> ofFrames = new IdentityHashMap<>();
  private long[] flat = new long[256];
  private long[] cumulative = new long[256];
  /** Which sample came through a place last: in one it counts once. */
  private int[] lastSample = new int[256];
  private int samples;

  PlaceSums(By by) {
    this.by = by;
  }

  void add(Sample sample, long value) {
    samples++;
    if (by.isOfWholeStack()) {
      count(number(by.places(sample).getFirst()), value, true);
      return;
    }
    boolean isInnermost = true;
    for (Frame frame : sample.frames()) {
      Integer known = ofFrames.get(frame);
      if (known == null) {
        known = number(by.place(frame));
        ofFrames.put(frame, known);
      }
      count(known, value, isInnermost);
      isInnermost = false;
    }
  }

  private int number(String name) {
    Integer known = numbers.putIfAbsent(name, names.size());
    if (known != null) {
      return known;
    }
    names.add(name);
    if (names.size() > flat.length) {
      flat = Arrays.copyOf(flat, 2 * flat.length);
      cumulative = Arrays.copyOf(cumulative, flat.length);
      lastSample = Arrays.copyOf(lastSample, flat.length);
    }
    return names.size() - 1;
  }

  private void count(int place, long value, boolean isInnermost) {
    flat[place] += isInnermost ? value : 0;
    if (lastSample[place] != samples) {
      lastSample[place] = samples;
      cumulative[place] += value;
    }
  }

  List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      places.add(new Place(names.get(i), flat[i], cumulative[i]));
    }
    return places;
  }
}
