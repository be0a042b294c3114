package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;
import static io.tare.ledger.Words.share;

import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.OptionalLong;

/** Does a Go or CPython runtime keep memory that holds nothing? */
final class IdleRuntimeHeap implements Rule {
  private static final String ID = "runtime-idle";

  @Override
  public Verdict judge(Situation s) {
    long go = s.bytes(Account.GO_IDLE);
    long python = s.bytes(Account.PYTHON_IDLE);
    long idle = go + python;
    if (!s.weighs(idle, 10)) {
      return new Verdict.No(ID, "Idle memory of a Go or Python runtime is " + share(idle, s.rss()) + " of RSS.",
          List.of());
    }
    Remedy remedy = go > python
        ? new Remedy("Let Go return memory sooner", "GOMEMLIMIT=<size>, or debug.FreeOSMemory() after a peak",
            OptionalLong.of(go * 9 / 10),
            "more collections near the limit")
        : new Remedy("Do the peak's work in a process of its own", "multiprocessing, maxtasksperchild",
            OptionalLong.of(python),
            "a process start per batch");
    return new Verdict.Yes(ID, bytes(idle) + " belong to the runtime's heap but hold no object.", s.strength(idle),
        List.of(s.reading(go > python ? Account.GO_IDLE : Account.PYTHON_IDLE)), List.of(remedy));
  }
}
