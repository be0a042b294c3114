package io.tare.ledger.runtimes.natives;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;

/** Do thread stacks make a good part of RSS? */
final class ThreadStacks implements Rule {
  private static final String ID = "thread-stacks";

  @Override
  public Topic topic() {
    return Topic.NATIVE_MEMORY;
  }

  @Override
  public Verdict judge(Situation s) {
    long stacks = s.bytes(Account.STACKS_JAVA) + s.bytes(Account.STACKS_NATIVE);
    List<Figure> readings = List.of(s.reading(Account.STACKS_JAVA), s.reading(Account.STACKS_NATIVE),
        new Figure("threads", "" + s.threads()));
    if (!s.weighs(stacks, Threshold.STACKS)) {
      return new Verdict.No(ID, "Stacks are " + share(stacks, s.rss()) + " of RSS.", readings);
    }
    String each = s.threads() > 0 ? ", " + bytes(stacks / s.threads()) + " each" : "";
    return new Verdict.Yes(ID, "The stacks of " + s.threads() + " threads hold " + bytes(stacks) + each + ".",
        s.strength(stacks),
        readings, List.of(
            Remedy.open("Run fewer threads: bound the pools, or use virtual threads for waiting work" + less(s, stacks),
                "", "a change of the program"),
            Remedy.open("Find the deep recursion: a stack keeps its deepest point resident",
                "tare " + s.pid() + " --threads", "none")));
  }

  private static String less(Situation s, long stacks) {
    return s.threads() > 0 ? "; each thread less returns about " + bytes(stacks / s.threads()) : "";
  }
}
