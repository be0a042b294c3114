package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;
import static io.tare.ledger.Words.share;

import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import java.util.OptionalLong;

/** Is the weight simply what the program keeps alive? */
final class LiveHeap implements Rule {
  private static final String ID = "live-heap";

  @Override
  public Verdict judge(Situation s) {
    if (!s.isJvm()) {
      return new Verdict.No(ID, "Not a JVM.", List.of());
    }
    OptionalLong live = s.heap().exactLive().isPresent()
        ? OptionalLong.of(s.bytes(Account.HEAP_LIVE))
        : s.heap().settled();
    if (live.isEmpty()) {
      return new Verdict.CannotTell(ID, "How much of the heap is live can't be told: no collection has run yet.",
          "--ask=gc, or a later reading", List.of(s.reading(Account.HEAP_USED)));
    }
    long bytes = Math.min(live.getAsLong(), s.rss());
    List<Figure> readings = List.of(Situation.reading("live heap, at most", bytes));
    if (!s.weighs(bytes, 35)) {
      return new Verdict.No(ID, "Live heap is at most " + share(bytes, s.rss()) + " of RSS.", readings);
    }
    boolean exact = s.heap().exactLive().isPresent();
    String summary = exact
        ? "Objects that the program keeps make up " + bytes(bytes) + ", " + share(bytes, s.rss()) + " of RSS."
        : "The heap in use is the largest part: " + bytes(s.bytes(Account.HEAP_USED)) + ", of which at most "
            + bytes(bytes)
            + " were live at the last collection.";
    return new Verdict.Yes(ID, summary, exact ? s.strength(bytes) : Verdict.Strength.LOW, readings,
        List.of(new Remedy("See which objects, and who holds them", Situation.heapDump(s),
            OptionalLong.empty(), "a heap dump stops the process for seconds")));
  }
}
