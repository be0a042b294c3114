package io.tare.report.ledger;

import io.tare.model.report.Remedy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A remedy, and the one before it in the list that returns the same bytes.
 *
 * @param to its number, from one; zero where there is none
 */
record Alternative(Remedy remedy, int to) {
  static List<Alternative> of(List<Remedy> remedies) {
    Map<String, Integer> firsts = new HashMap<>();
    List<Alternative> all = new ArrayList<>();
    for (Remedy remedy : remedies) {
      int number = all.size() + 1;
      boolean returns = remedy.expectedBytes().orElse(0) > 0 && !remedy.sameBytes().isEmpty();
      int first = returns ? firsts.getOrDefault(remedy.sameBytes(), number) : number;
      if (returns) {
        firsts.putIfAbsent(remedy.sameBytes(), number);
      }
      all.add(new Alternative(remedy, first == number ? 0 : first));
    }
    return all;
  }

  String words() {
    return "instead of " + to + ": the same bytes, not further ones";
  }
}
