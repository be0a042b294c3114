package io.tare.probe.leftovers;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Numbers by name and round. All room is taken beforehand, so that keeping the numbers of one more round does not itself look
 * like growth.
 */
final class RoundTable {
  private static final int SPARE_NAMES = 4000;

  private final Map<String, Integer> columns;
  private final long[][] values;
  private int rounds;

  RoundTable(int mostRounds, Set<String> names) {
    int width = names.size() + SPARE_NAMES;
    columns = new HashMap<>(width * 2);
    values = new long[mostRounds][width];
    names.forEach(this::column);
  }

  void endRound() {
    rounds++;
  }

  /** Sets a number of the current round; names beyond the spare ones are dropped. */
  void set(String name, long value) {
    int column = column(name);
    if (column >= 0) {
      values[rounds][column] = value;
    }
  }

  private int column(String name) {
    Integer known = columns.get(name);
    if (known != null) {
      return known;
    }
    if (columns.size() == values[0].length) {
      return -1;
    }
    columns.put(name, columns.size());
    return columns.size() - 1;
  }

  Set<String> names() {
    return new TreeSet<>(columns.keySet());
  }

  /** The numbers of a name over the rounds so far; zeros when it never had any. */
  long[] series(String name) {
    long[] series = new long[rounds];
    Integer column = columns.get(name);
    if (column != null) {
      for (int i = 0; i < rounds; i++) {
        series[i] = values[i][column];
      }
    }
    return series;
  }
}
