package io.tare.report.ledger;

import io.tare.model.report.Remedy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

  /** What stands behind the figure; empty where there is none. */
  String experience() {
    if (remedy.expectedBytes().isEmpty() || remedy.id().isEmpty()) {
      return "";
    }
    return remedy.tried()
        .map(tried -> String.format(Locale.ROOT,
            "%s confidence: applied %s, which returned %.2f to %.2f of what was said",
            tried.confidence().name().toLowerCase(Locale.ROOT), tried.cases() == 1 ? "once" : tried.cases() + " times",
            tried.least(), tried.most()))
        .orElse("low confidence: not applied anywhere yet");
  }

  String words() {
    return "instead of " + to + ": the same bytes, not further ones";
  }
}
