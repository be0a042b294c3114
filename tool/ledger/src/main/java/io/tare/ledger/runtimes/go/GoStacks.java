package io.tare.ledger.runtimes.go;

import static io.tare.ledger.words.Words.bytes;
import static io.tare.ledger.words.Words.share;

import io.tare.ledger.rules.Rule;
import io.tare.ledger.rules.Situation;
import io.tare.ledger.rules.Threshold;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/** Do the stacks of goroutines make a good part of RSS? */
@NullMarked
final class GoStacks implements Rule {
  private static final String ID = "go-stacks";

  @Override
  public Topic topic() {
    return Topic.OTHER_HEAPS;
  }

  @Override
  public boolean appliesTo(Situation s) {
    return s.evidence().capture().target().runtime() == RuntimeKind.GO || s.bytes(Account.GO_STACKS) > 0;
  }

  @Override
  public Verdict judge(Situation s) {
    if (Go.facts(s.evidence()).filter(Go::isUnproved).isPresent()) {
      return new Verdict.CannotTell(ID, "What the goroutines' stacks hold can't be told.",
          "a layout of Go's counters that Tare knows", List.of());
    }
    long stacks = s.bytes(Account.GO_STACKS);
    OptionalLong goroutines = Go.facts(s.evidence()).map(go -> go.number("goroutines")).orElse(OptionalLong.empty());
    List<Figure> readings = new ArrayList<>(List.of(s.reading(Account.GO_STACKS)));
    goroutines.ifPresent(count -> readings.add(new Figure("goroutines", "" + count)));
    if (!s.weighs(stacks, Threshold.GO_STACKS)) {
      return new Verdict.No(ID, "Stacks of goroutines are " + share(stacks, s.rss()) + " of RSS.", readings);
    }
    String whose = goroutines.orElse(0) > 0
        ? goroutines.getAsLong() + " goroutines hold " + bytes(stacks) + ", " + bytes(stacks / goroutines.getAsLong())
            + " each."
        : "goroutines hold " + bytes(stacks) + ".";
    return new Verdict.Yes(ID, "The stacks of " + whose, s.strength(stacks), readings,
        List.of(Remedy.open("See where they wait: a number that only grows is a leak", "tare who " + s.pid(),
            "none: they are read without stopping the program")));
  }
}
