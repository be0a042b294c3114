package io.tare.history.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.history.compare.Budget.BudgetChecks;
import io.tare.history.compare.Budget.BudgetText;
import io.tare.model.history.BudgetCheck;
import io.tare.model.history.BudgetCheck.Outcome;
import io.tare.model.history.Counting;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Grower;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Snapshot.Amount;
import io.tare.model.history.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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
  void aLeakIsNamedByWhatBecameMore() {
    LeakVerdict leak = new LeakVerdict("orders, pid 1", Instant.EPOCH, Instant.EPOCH, LeakVerdict.Answer.LEAK,
        "The live heap leaks.", List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
        List.of(new Grower(Counting.Kind.CLASS, "shop.Session", 0, 5 << 20, 0, 7000, 5)));
    Snapshot weighing = new Snapshot("orders", "orders, pid 1", Instant.EPOCH, Map.of(), OptionalDouble.empty(),
        OptionalDouble.empty());
    BudgetCheck check = BudgetChecks.check(Budget.EMPTY.withoutLeak(), weighing, Optional.of(leak));
    assertThat(check.lines().getFirst().words())
        .isEqualTo("The live heap leaks; look first at the class shop.Session");
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

  private static String outcome(String limit, Map<String, Amount> amounts) throws NotThisFormat {
    Snapshot weighing = new Snapshot("orders", "orders, pid 1", Instant.EPOCH, amounts, OptionalDouble.empty(),
        OptionalDouble.empty());
    BudgetCheck.Line line = BudgetChecks.check(BudgetText.parse(limit), weighing, Optional.empty()).lines().getFirst();
    return line.outcome() + ": " + line.words();
  }

  private static final String BETWEEN = "; what lies between has no owner, or may be in use or idle: 'tare explain' says "
      + "which, and what would tell";

  @Test
  void netIsKeptByTheMostAndBrokenByTheLeastThatItMayBe() throws NotThisFormat {
    Map<String, Amount> range = Map.of("rss", bytes(200), "net", bytes(60), "net.least", bytes(20), "unexplained",
        bytes(0));
    assertThat(outcome("net = 60MB", range)).isEqualTo("KEPT: net is at least 20.0 MB and at most 60.0 MB");
    assertThat(outcome("net = 59MB", range))
        .isEqualTo("CANNOT_TELL: net is at least 20.0 MB and at most 60.0 MB" + BETWEEN);
    assertThat(outcome("net = 20MB", range)).startsWith("CANNOT_TELL");
    assertThat(outcome("net = 19MB", range)).isEqualTo("BROKEN: net is at least 20.0 MB and at most 60.0 MB");
    assertThat(outcome("net = 9%", range))
        .isEqualTo("BROKEN: net is at least 10.00 % of RSS and at most 30.00 % of RSS");
    assertThat(outcome("net = 30MB", Map.of("net", bytes(60)))).as("how little it may be is not known")
        .isEqualTo("CANNOT_TELL: net is at most 60.0 MB" + BETWEEN);
  }

  @Test
  void whatHasNoOwnerMayBelongToAnyAccountButThoseThatTheKernelNames() throws NotThisFormat {
    Map<String, Amount> refused = Map.of("rss", bytes(100), "unexplained", bytes(60), "libraries", bytes(5));
    assertThat(outcome("malloc.mmapped = 10MB", refused))
        .isEqualTo("CANNOT_TELL: malloc.mmapped is at most 60.0 MB" + BETWEEN);
    assertThat(outcome("malloc.mmapped = 60MB", refused)).startsWith("KEPT");
    assertThat(outcome("libraries = 5MB", refused)).isEqualTo("KEPT: libraries is 5.00 MB");
    assertThat(outcome("mapped = 1MB", refused))
        .isEqualTo("KEPT: mapped is not in the ledger: nothing of it is resident");
  }

  @Test
  void whatIsNotSplitMayBelongToEachPartOfIt() throws NotThisFormat {
    Map<String, Amount> jemalloc = Map.of("rss", bytes(100), "unexplained", bytes(0), "malloc.unsplit", bytes(40));
    assertThat(outcome("malloc.used = 30MB", jemalloc))
        .isEqualTo("CANNOT_TELL: malloc.used is at most 40.0 MB" + BETWEEN);
    assertThat(outcome("malloc.unsplit = 39MB", jemalloc)).isEqualTo("BROKEN: malloc.unsplit is 40.0 MB");
    assertThat(outcome("go.heap = 1MB", jemalloc)).startsWith("KEPT");
    Map<String, Amount> unwalked = Map.of("rss", bytes(100), "unexplained", bytes(0), "anonymous", bytes(40));
    assertThat(outcome("malloc.used = 30MB", unwalked)).startsWith("CANNOT_TELL");
    Map<String, Amount> walked = Map.of("rss", bytes(100), "unexplained", bytes(0), "anonymous", bytes(40),
        "malloc.used", bytes(1));
    assertThat(outcome("malloc.used = 30MB", walked)).isEqualTo("KEPT: malloc.used is 1.00 MB");
  }

  @Test
  void aLineThatIsNotUnderstoodFailsTheBudget() {
    assertThatThrownBy(() -> BudgetText.parse("rss = 1GB\nheap.live < 80MB")).isInstanceOf(NotThisFormat.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> BudgetText.parse("rss = much")).hasMessageContaining("no amount");
    assertThatThrownBy(() -> BudgetText.parse("no-leak = maybe")).hasMessageContaining("true or false");
  }

  /** A limit that can never be broken guards nothing: a wrong unit or a typo must not pass for kept. */
  @Test
  void unitsAndNamesAreChecked() {
    assertThatThrownBy(() -> BudgetText.parseList("threads=5MB")).isInstanceOf(NotThisFormat.class).hasMessage(
        "'threads=5MB': threads counts things: write a whole number, such as threads = 200, not '5MB'");
    assertThatThrownBy(() -> BudgetText.parseList("threads=5%")).hasMessageContaining("counts things");
    assertThatThrownBy(() -> BudgetText.parseList("heap.lives=1MB")).isInstanceOf(NotThisFormat.class)
        .hasMessage("'heap.lives=1MB': there is no account or figure 'heap.lives'; did you mean 'heap.live'?");
    assertThatThrownBy(() -> BudgetText.parseList("gc.kind=1")).hasMessageContaining("no account or figure");
  }

  @Test
  void aBudgetIsLearntFromWhatWasSeenWithAQuarterMoreAndIsKept() throws NotThisFormat {
    Instant at = Instant.EPOCH;
    Timeline line = new Timeline("orders, pid 1", at, at, List.of(
        new Series("rss", SeriesUnit.BYTES, List.of(new Point(at, 100 * MB), new Point(at, 80 * MB))),
        new Series("code", SeriesUnit.BYTES, List.of(new Point(at, 3 * MB))),
        new Series("cgroup.file", SeriesUnit.BYTES, List.of(new Point(at, 900 * MB))),
        new Series("threads", SeriesUnit.COUNT, List.of(new Point(at, 20)))), List.of(), OptionalLong.empty(),
        Optional.empty());
    String learnt = BudgetNames.learn(line);
    assertThat(learnt.lines().skip(1)).containsExactly("rss = 125MB", "threads = 29", "no-leak = true");
    assertThat(BudgetChecks.check(BudgetText.parse(learnt), Snapshots.peaks("a", line), Optional.empty()).lines())
        .extracting(BudgetCheck.Line::outcome).containsExactly(Outcome.KEPT, Outcome.KEPT, Outcome.CANNOT_TELL);
  }

  @Test
  void severalAreOneCheckThatSaysWhoseEachLineIs() throws NotThisFormat {
    BudgetCheck all = BudgetCheck.all(List.of("a", "b"), List.of(check("rss = 256MB"), check("rss = 100MB")));
    assertThat(all.lines()).extracting(BudgetCheck.Line::rule).containsExactly("a: rss <= 256MB", "b: rss <= 100MB");
    assertThat(all.has(Outcome.BROKEN)).isTrue();
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
