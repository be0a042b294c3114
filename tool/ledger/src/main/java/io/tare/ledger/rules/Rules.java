package io.tare.ledger.rules;

import io.tare.ledger.rules.Rule.Topic;
import io.tare.ledger.words.Words;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Unread;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules that hold for every process, and all rules' answers in order of weight. */
public final class Rules {
  /** What needs to know no runtime. */
  public static final List<Rule> GENERAL = List.of(new GroupRules.NearLimit(), new FileRules.MappedFiles(),
      new FileRules.SharedMemory(), new UnknownRules.Unexplained(), new UnknownRules.UnknownUse(),
      new GroupRules.PageCache());

  private Rules() {}

  /**
   * Every rule's answer: what applies first, the strongest before the weaker; then what can't be told; then what is only the group's
   * and not the process's own; then the rest.
   */
  public static List<Verdict> judge(List<Rule> rules, Situation situation) {
    List<Rule> byTopic = rules.stream().sorted(Comparator.comparing(Rule::topic)).toList();
    List<Verdict> own = new ArrayList<>(answers(byTopic, rule -> rule.topic() != Topic.GROUP, situation));
    own.add(nothingRemarkable(situation, own));
    List<Verdict> group = answers(byTopic, rule -> rule.topic() == Topic.GROUP, situation);
    return Stream.of(own.stream().filter(Rules::isOpen).sorted(Comparator.comparingInt(Rules::rank)),
        group.stream().filter(Rules::isOpen), Stream.concat(own.stream(), group.stream()).filter(v -> !isOpen(v)))
        .flatMap(verdicts -> verdicts).toList();
  }

  private static boolean isOpen(Verdict verdict) {
    return !(verdict instanceof Verdict.No);
  }

  private static List<Verdict> answers(List<Rule> rules, Predicate<Rule> which, Situation situation) {
    return rules.stream().filter(which).filter(rule -> rule.appliesTo(situation)).map(rule -> rule.judge(situation))
        .toList();
  }

  /** The answer when no rule applies. Where memory was not read, or its use is not known, that is no answer. */
  private static Verdict nothingRemarkable(Situation s, List<Verdict> others) {
    String id = "nothing-remarkable";
    if (others.stream().anyMatch(v -> v instanceof Verdict.Yes)) {
      return new Verdict.No(id, "Something stands out.", List.of());
    }
    List<Figure> readings = List.of(Situation.reading("RSS", s.rss()), new Figure("net", Words.range(s.net().bytes())));
    Optional<Unread> unread = s.evidence().unread();
    long notKnown = s.ledger().notKnownBytes();
    if (unread.isPresent() || s.weighs(notKnown, Threshold.UNKNOWN_USE)) {
      return new Verdict.CannotTell(id, "Whether anything stands out can't be told: of " + Words.bytes(notKnown) + ", "
          + Words.share(notKnown, s.rss()) + " of RSS, it is not known whether they are in use.",
          unread.map(Unread::unlock).orElse("what the rule unknown-use names"), readings);
    }
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

  /**
   * The remedies of all that applies, each once, the biggest return first. Those of one rule return the same bytes, unless they say
   * otherwise. None returns more than there is, and what returns next to nothing is none.
   */
  public static List<Remedy> remedies(List<Verdict> verdicts, long grossBytes, Thresholds thresholds) {
    Set<Remedy> once = new LinkedHashSet<>();
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Verdict.Yes yes) {
        yes.remedies().forEach(remedy -> once.add(remedy.sameBytes().isEmpty() ? remedy.of(yes.rule()) : remedy));
      }
    }
    return once.stream().map(remedy -> TriedRemedies.told(remedy.atMost(grossBytes)))
        .filter(remedy -> remedy.expectedBytes().orElse(Long.MAX_VALUE) >= thresholds.value(Threshold.REMEDY_LEAST))
        .sorted(Comparator.comparingLong((Remedy r) -> r.expectedBytes().orElse(0)).reversed()).toList();
  }
}
