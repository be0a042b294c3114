package io.tare.trial;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which variants are run. Each round runs every variant once, every other round backwards and each begun elsewhere: what
 * changes on the machine meanwhile (a cache that warms, a neighbour that wakes) then favours nobody.
 */
public final class Turns {
  private Turns() {}

  /**
   * One run that is due.
   *
   * @param round from 0
   */
  public record Turn(int variant, int round) {}

  public static List<Turn> of(int variants, int rounds) {
    List<Turn> turns = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      int begin = round / 2 * ((variants + 1) / 2);
      for (int step = 0; step < variants; step++) {
        int place = round % 2 == 0 ? step : variants - 1 - step;
        turns.add(new Turn((place + begin) % variants, round));
      }
    }
    return turns;
  }
}
