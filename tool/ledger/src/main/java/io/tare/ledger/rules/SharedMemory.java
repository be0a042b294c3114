package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;
import static io.tare.ledger.Words.share;

import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.OptionalLong;

/** Is a good part of RSS shared memory, which no single process owns? */
final class SharedMemory implements Rule {
  private static final String ID = "shared-memory";

  @Override
  public Verdict judge(Situation s) {
    long shared = s.bytes(Account.SHARED);
    if (!s.weighs(shared, 20)) {
      return new Verdict.No(ID, "Shared memory is " + share(shared, s.rss()) + " of RSS.",
          List.of(s.reading(Account.SHARED)));
    }
    return new Verdict.Yes(ID,
        bytes(shared) + " of RSS are shared memory. Every process that maps it shows it in its RSS; the group "
            + "is charged once, and only deleting it or ending all users returns it.",
        s.strength(shared), List.of(s.reading(Account.SHARED)),
        List.of(new Remedy("Compare processes by PSS", "", OptionalLong.of(0), "none")));
  }
}
