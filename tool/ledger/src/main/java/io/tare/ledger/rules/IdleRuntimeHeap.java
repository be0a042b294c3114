package io.tare.ledger.rules;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Does a runtime other than the JVM keep memory that holds nothing?
 *
 * @param runtimes those that tell
 */
public record IdleRuntimeHeap(List<Kept> runtimes) implements Rule {
  private static final String ID = "runtime-idle";

  /** Where a runtime's idle memory is booked, and what to do about it; its name is as a sentence says it. */
  public record Kept(String runtime, Account account, Adviser adviser) {}

  /** What to say of idle bytes of one runtime. */
  public interface Adviser {
    Advice of(Situation situation, long idleBytes);
  }

  /**
   * What a runtime's own ways add to the answer.
   *
   * @param words sentences, each after a blank; empty for none
   */
  public record Advice(String words, List<Figure> readings, List<Remedy> remedies) {
    public Advice {
      readings = List.copyOf(readings);
      remedies = List.copyOf(remedies);
    }

    public static Advice of(Remedy remedy) {
      return new Advice("", List.of(), List.of(remedy));
    }
  }

  @Override
  public Topic topic() {
    return Topic.OTHER_HEAPS;
  }

  @Override
  public Verdict judge(Situation s) {
    Kept most = runtimes.getFirst();
    long idle = 0;
    for (Kept kept : runtimes) {
      idle += s.bytes(kept.account());
      most = s.bytes(kept.account()) > s.bytes(most.account()) ? kept : most;
    }
    if (!s.weighs(idle, Threshold.RUNTIME_IDLE)) {
      return new Verdict.No(ID, "Idle memory of a " + names() + " runtime is " + share(idle, s.rss()) + " of RSS.",
          List.of());
    }
    Advice advice = most.adviser().of(s, s.bytes(most.account()));
    List<Figure> readings = new ArrayList<>(List.of(s.reading(most.account())));
    readings.addAll(advice.readings());
    return new Verdict.Yes(ID, bytes(idle) + " belong to the runtime's heap but hold no object." + advice.words(),
        s.strength(idle), readings, advice.remedies());
  }

  /** {@code Go or Python}. */
  private String names() {
    List<String> names = runtimes.stream().map(Kept::runtime).sorted().toList();
    int last = names.size() - 1;
    return last == 0 ? names.getFirst() : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
