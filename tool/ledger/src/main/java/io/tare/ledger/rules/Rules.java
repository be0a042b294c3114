package io.tare.ledger.rules;

import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All rules, and their answers in order of weight. */
public final class Rules {
  private static final List<Rule> ALL = List.of(new NearLimit(), new HeapCannotFit(), new MultiMappedHeap(),
      new IdleHeap(),
      new Garbage(), new LiveHeap(), new NativeInUse(), new AllocatorRetention(), new ThreadStacks(),
      new ClassMetadata(),
      new CompiledCode(), new MappedFiles(), new PageCache(), new SharedMemory(), new IdleRuntimeHeap());

  private Rules() {}

  /** Every rule's answer: what applies first, the strongest before the weaker; then what can't be told; then the rest. */
  public static List<Verdict> judge(Situation situation) {
    List<Verdict> verdicts = new ArrayList<>(ALL.stream().map(rule -> rule.judge(situation)).toList());
    verdicts.add(NothingRemarkable.judge(situation, verdicts));
    verdicts.sort(Comparator.comparingInt(Rules::rank));
    return List.copyOf(verdicts);
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
