package io.tare.ledger.rules;

import io.tare.ledger.Words;
import io.tare.model.report.Figure;
import io.tare.model.report.Verdict;
import java.util.List;

/** The answer when no rule applies. It is no clean bill of health where something could not be told. */
final class NothingRemarkable {
  private static final String ID = "nothing-remarkable";

  private NothingRemarkable() {}

  static Verdict judge(Situation s, List<Verdict> others) {
    if (others.stream().anyMatch(v -> v instanceof Verdict.Yes)) {
      return new Verdict.No(ID, "Something stands out.", List.of());
    }
    List<Figure> readings = List.of(Situation.reading("RSS", s.rss()), Situation.reading("net", s.net().bytes()));
    return new Verdict.Yes(ID,
        "Nothing stands out: " + Words.bytes(s.rss()) + " are spread over accounts of which none is conspicuous.",
        Verdict.Strength.LOW, readings, List.of());
  }
}
