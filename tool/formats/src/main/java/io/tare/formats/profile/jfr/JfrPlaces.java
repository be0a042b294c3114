package io.tare.formats.profile.jfr;

/** Methods and lines, numbered as they come. Frames name the same few again and again, and these are looked up first. */
final class JfrPlaces {
  private static final int NEAR = 1 << 10;

  private final JfrNumbering methods = new JfrNumbering();
  /** A method's number and a line. */
  private final JfrNumbering places = new JfrNumbering();
  /** Places that came lately, with their number and one. */
  private final long[] nearMethods = new long[NEAR];
  private final int[] nearLines = new int[NEAR];
  private final int[] nearPlaces = new int[NEAR];

  /** @param line not below zero */
  int add(long method, int line) {
    int near = (int) (31 * method + line) & NEAR - 1;
    if (nearPlaces[near] == 0 || nearMethods[near] != method || nearLines[near] != line) {
      nearMethods[near] = method;
      nearLines[near] = line;
      nearPlaces[near] = 1 + places.add((long) methods.add(method) << Integer.SIZE | line);
    }
    return nearPlaces[near] - 1;
  }

  int size() {
    return places.size();
  }

  long method(int place) {
    return methods.key((int) (places.key(place) >>> Integer.SIZE));
  }

  int line(int place) {
    return Math.toIntExact(places.key(place) & Integer.MAX_VALUE);
  }
}
