package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;

import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.OptionalLong;

/** Does RSS count the heap's pages more than once? */
final class MultiMappedHeap implements Rule {
  private static final String ID = "heap-multimapped";

  @Override
  public Verdict judge(Situation s) {
    long duplicate = s.bytes(Account.HEAP_DUPLICATE);
    if (duplicate < Situation.SMALL) {
      return new Verdict.No(ID, "No heap page is counted twice.", List.of());
    }
    String summary = "RSS counts " + bytes(duplicate)
        + " of the heap more than once: the collector maps each heap page at several "
        + "addresses. The container is charged once; read PSS here, not RSS.";
    return new Verdict.Yes(ID, summary, s.strength(duplicate), List.of(s.reading(Account.HEAP_DUPLICATE)),
        List.of(new Remedy("Nothing to return: read PSS or the group's charge", "", OptionalLong.of(0), "none"),
            new Remedy("Use a JDK whose ZGC maps its heap once",
                "JDK 21 or newer with -XX:+ZGenerational, or JDK 24 or newer",
                OptionalLong.empty(), "an upgrade")));
  }
}
