package io.tare.ledger.rules;

import static io.tare.ledger.Words.bytes;
import static io.tare.ledger.Words.share;

import io.tare.ledger.Words;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Is much of the heap in use only garbage that waits for a collection? */
final class Garbage implements Rule {
  private static final String ID = "garbage";

  @Override
  public Verdict judge(Situation s) {
    if (!s.isJvm()) {
      return new Verdict.No(ID, "Not a JVM.", List.of());
    }
    if (s.heap().exactLive().isPresent()) {
      long garbage = s.bytes(Account.HEAP_GARBAGE);
      return s.weighs(garbage, 10) ? yes(s, garbage, true) : no(s, garbage);
    }
    long used = s.bytes(Account.HEAP_USED);
    if (!s.weighs(used, 10)) {
      return no(s, 0);
    }
    OptionalLong settled = s.heap().settled();
    long atLeast = settled.isPresent() ? used - Math.min(used, settled.getAsLong()) : 0;
    if (settled.isPresent() && s.weighs(atLeast, 20)) {
      return yes(s, atLeast, false);
    }
    return new Verdict.CannotTell(ID,
        bytes(used) + " of heap are in use; how much of it is still live can't be told from outside.",
        "--ask=gc (runs a full collection) for the exact live size", readings(s));
  }

  private static List<Figure> readings(Situation s) {
    List<Figure> readings = new ArrayList<>();
    readings.add(s.reading(Account.HEAP_USED));
    s.heap().settled().ifPresent(b -> readings.add(Situation.reading("heap after the last collection", b)));
    s.heap().settledAgeMillis().ifPresent(age -> readings.add(new Figure("last collection", Words.age(age) + " ago")));
    return readings;
  }

  private static Verdict no(Situation s, long garbage) {
    return new Verdict.No(ID, "Garbage is " + share(garbage, s.rss()) + " of RSS.", List.of());
  }

  private static Verdict yes(Situation s, long garbage, boolean exact) {
    String summary = exact
        ? bytes(garbage) + " of the heap were garbage: the collection that was asked for removed them."
        : "Up to " + bytes(garbage)
            + " of the heap came after the last collection: what of it is dead goes at the next one.";
    List<Figure> readings = exact
        ? List.of(s.reading(Account.HEAP_LIVE), s.reading(Account.HEAP_GARBAGE))
        : readings(s);
    return new Verdict.Yes(ID, summary, exact ? s.strength(garbage) : Verdict.Strength.LOW, readings, List.of(
        new Remedy("Collect earlier: cap the heap closer to the live size", "-Xmx<live × 2>",
            OptionalLong.of(garbage / 2),
            "more collections; a restart")));
  }
}
