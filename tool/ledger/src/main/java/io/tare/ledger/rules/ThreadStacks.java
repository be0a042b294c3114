package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;
import static io.tare.ledger.Words.share;

import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.OptionalLong;

/** Do thread stacks make a good part of RSS? */
final class ThreadStacks implements Rule {
  private static final String ID = "thread-stacks";

  @Override
  public Verdict judge(Situation s) {
    long stacks = s.bytes(Account.STACKS_JAVA) + s.bytes(Account.STACKS_NATIVE);
    List<Figure> readings = List.of(s.reading(Account.STACKS_JAVA), s.reading(Account.STACKS_NATIVE),
        new Figure("threads", "" + s.threads()));
    if (!s.weighs(stacks, 10)) {
      return new Verdict.No(ID, "Stacks are " + share(stacks, s.rss()) + " of RSS.", readings);
    }
    String each = s.threads() > 0 ? ", " + bytes(stacks / s.threads()) + " each" : "";
    return new Verdict.Yes(ID, "The stacks of " + s.threads() + " threads hold " + bytes(stacks) + each + ".",
        s.strength(stacks),
        readings, List.of(
            new Remedy("Run fewer threads: bound the pools, or use virtual threads for waiting work", "",
                OptionalLong.of(stacks * 7 / 10),
                "a change of the program"),
            new Remedy("Find the deep recursion: a stack keeps its deepest point resident",
                "tare " + s.evidence().capture().target().pid()
                    + " --threads",
                OptionalLong.empty(), "none")));
  }
}
