package io.tare.ledger.rules;

import io.tare.ledger.words.Words;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules that hold for every process, and all rules' answers in order of weight. */
public final class Rules {
  /** What needs to know no runtime. */
  public static final List<Rule> GENERAL = List.of(new GroupRules.NearLimit(), new FileRules.MappedFiles(),
      new GroupRules.PageCache(), new FileRules.SharedMemory());

  private Rules() {}

  /** Every rule's answer: what applies first, the strongest before the weaker; then what can't be told; then the rest. */
  public static List<Verdict> judge(List<Rule> rules, Situation situation) {
    List<Verdict> verdicts = new ArrayList<>(rules.stream().filter(rule -> rule.appliesTo(situation))
        .sorted(Comparator.comparing(Rule::topic)).map(rule -> rule.judge(situation)).toList());
    verdicts.add(nothingRemarkable(situation, verdicts));
    verdicts.sort(Comparator.comparingInt(Rules::rank));
    return List.copyOf(verdicts);
  }

  /** The answer when no rule applies. It is no clean bill of health where something could not be told. */
  private static Verdict nothingRemarkable(Situation s, List<Verdict> others) {
    String id = "nothing-remarkable";
    if (others.stream().anyMatch(v -> v instanceof Verdict.Yes)) {
      return new Verdict.No(id, "Something stands out.", List.of());
    }
    List<Figure> readings = List.of(Situation.reading("RSS", s.rss()), Situation.reading("net", s.net().bytes()));
    return new Verdict.Yes(id,
        "Nothing stands out: " + Words.bytes(s.rss()) + " are spread over accounts of which none is conspicuous.",
        Verdict.Strength.LOW, readings, List.of());
  }

  private static int rank(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Yes yes -> switch (yes.strength()) {
        case HIGH -> 0;
        case MEDIUM -> 1;
        case LOW -> 2;
      };
      case Verdict.CannotTell _ -> 10;
      case Verdict.No _ -> 20;
    };
  }

  /** The remedies of all that applies, each once, the biggest return first. */
  public static List<Remedy> remedies(List<Verdict> verdicts) {
    Set<Remedy> once = new LinkedHashSet<>();
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Verdict.Yes yes) {
        once.addAll(yes.remedies());
      }
    }
    return once.stream().sorted(Comparator.comparingLong((Remedy r) -> r.expectedBytes().orElse(0)).reversed())
        .toList();
  }
}
