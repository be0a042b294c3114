package io.tare.history.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.history.compare.Budget.BudgetChecks;
import io.tare.history.compare.Budget.BudgetText;
import io.tare.model.history.BudgetCheck;
import io.tare.model.history.BudgetCheck.Outcome;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Snapshot.Amount;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final double MB = 1 << 20;

  private static BudgetCheck check(String budget) throws NotThisFormat {
    Snapshot weighing = new Snapshot("orders", "orders, pid 1", Instant.EPOCH,
        Map.of("rss", bytes(200), "unexplained", bytes(3), "malloc.used", bytes(50), "heap.floor", bytes(40),
            "threads", new Amount(SeriesUnit.COUNT, 30, 0)),
        OptionalDouble.empty(), OptionalDouble.empty());
    return BudgetChecks.check(BudgetText.parse(budget), weighing, Optional.empty());
  }

  private static Amount bytes(double megabytes) {
    return new Amount(SeriesUnit.BYTES, megabytes * MB, 0);
  }

  @Test
  void limitsInBytesThingsAndSharesAreHeldAgainstWhatWasMeasured() throws NotThisFormat {
    BudgetCheck check = check("""
        # what orders may weigh
        rss = 256MB
        unexplained = 1%   # of RSS
        threads = 30
        malloc.used = 49.5MB
        """);
    assertThat(check.lines()).extracting(BudgetCheck.Line::outcome).containsExactly(Outcome.KEPT, Outcome.BROKEN,
        Outcome.KEPT, Outcome.BROKEN);
    assertThat(check.lines().get(1).words()).isEqualTo("unexplained is 1.50 % of RSS");
  }

  @Test
  void whatWasNotMeasuredIsNeverTakenForKept() throws NotThisFormat {
    assertThat(check("fds = 10\nno-leak = true").lines()).extracting(BudgetCheck.Line::outcome)
        .containsOnly(Outcome.CANNOT_TELL);
  }

  @Test
  void theFloorBoundsTheLiveHeapFromAboveOnly() throws NotThisFormat {
    assertThat(check("heap.live = 80MB").lines().getFirst().outcome()).isEqualTo(Outcome.KEPT);
    assertThat(check("heap.live = 30MB").lines().getFirst().outcome()).isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void anAccountThatTheLedgerDoesNotHaveWeighsNothing() throws NotThisFormat {
    assertThat(check("shared = 1MB").lines().getFirst().outcome()).isEqualTo(Outcome.KEPT);
  }

  @Test
  void aLineThatIsNotUnderstoodFailsTheBudget() {
    assertThatThrownBy(() -> BudgetText.parse("rss = 1GB\nheap.live < 80MB")).isInstanceOf(NotThisFormat.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> BudgetText.parse("rss = much")).hasMessageContaining("no amount");
    assertThatThrownBy(() -> BudgetText.parse("no-leak = maybe")).hasMessageContaining("true or false");
  }

  @Test
  void anyTextIsReadOrRefused() {
    long seed = Long.getLong("seed", 11);
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    String bait = "rss heap.live=80MB%\n#no-leak truefalse.0123456789 ";
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(60), 0, bait.length()).forEach(at -> text.append(bait.charAt(at)));
      try {
        assertThat(BudgetText.parse(text.toString()).limits()).allMatch(most -> most.amount() >= 0);
      } catch (NotThisFormat refused) {
        assertThat(refused.getMessage()).startsWith("line ");
      }
    }
  }
}
