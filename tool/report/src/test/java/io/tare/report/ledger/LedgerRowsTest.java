package io.tare.report.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Scales;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerRowsTest {
  @Test
  void foldingLosesNoByte() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Entry> entries = IntStream.range(0, random.nextInt(300))
          .mapToObj(i -> entry(Account.values()[random.nextInt(Account.values().length)], "f" + random.nextInt(9),
              (long) Math.pow(10, random.nextDouble() * 9)))
          .toList();
      Ledger ledger = ledger(entries);
      assertThat(sum(LedgerRows.notable(ledger))).as("seed %d", seed).isEqualTo(ledger.residentBytes());
      assertThat(sum(LedgerRows.all(ledger))).as("seed %d", seed).isEqualTo(ledger.residentBytes());
    }
  }

  @Test
  void aFewBigFilesStandAloneAndTheRestTogether() {
    List<Entry> files = IntStream.rangeClosed(1, 40).mapToObj(i -> entry(Account.MAPPED, "/f" + i, 1000L * i)).toList();
    assertThat(LedgerRows.notable(ledger(files))).extracting(LedgerRows.Row::name).containsExactly("37 more files",
        "/f40",
        "/f39", "/f38");
  }

  @Test
  void whatOfMallocsMemoryHasATakerStandsByItself() {
    Ledger ledger = ledger(List.of(entry(Account.MALLOC_MMAPPED, "", 400), entry(Account.MALLOC_MMAPPED, "direct", 500),
        entry(Account.GC, "a", 300), entry(Account.GC, "b", 300)));
    assertThat(LedgerRows.notable(ledger)).extracting(LedgerRows.Row::label).containsExactly("Collector's side tables",
        "malloc, large blocks: direct", "malloc: large blocks, mapped one by one");
  }

  @Test
  void smallAccountsFoldByKindButOneAloneStays() {
    Ledger ledger = ledger(List.of(entry(Account.HEAP_USED, "", 1_000_000), entry(Account.CDS, "", 10),
        entry(Account.KERNEL, "", 5), entry(Account.MALLOC_IDLE, "", 7)));
    assertThat(LedgerRows.notable(ledger)).extracting(LedgerRows.Row::label).containsExactly(
        "Java heap: objects, live or dead", "2 small accounts: cds, kernel", "malloc: freed but kept");
  }

  @Test
  void aFoldIsAsSureAsItsLeastSurePart() {
    Entry sure = entry(Account.GC, "a", 600);
    Entry unsure = new Entry(Account.GC, "b", 500, Confidence.INFERRED, "");
    assertThat(LedgerRows.notable(ledger(List.of(sure, unsure)))).extracting(LedgerRows.Row::confidence)
        .containsExactly(Confidence.INFERRED);
  }

  @Test
  void aStepIsTakenAwayWhicheverWayItSaysSo() {
    List<ScaleRow.StepGroup> groups = ScaleRow.StepGroup.of(List.of(new Scales.Step("RSS", "usage", "− elsewhere", 5),
        new Scales.Step("RSS", "usage", "kernel", 3), new Scales.Step("usage", "set", "inactive", -4),
        new Scales.Step("usage", "set", "- x", -1)));
    assertThat(groups).extracting(ScaleRow.StepGroup::to).containsExactly("usage", "set");
    assertThat(groups.stream().flatMap(group -> group.lines().stream())).containsExactly(
        new ScaleRow.StepGroup.Line(true, "elsewhere", 5), new ScaleRow.StepGroup.Line(false, "kernel", 3),
        new ScaleRow.StepGroup.Line(true, "inactive", 4), new ScaleRow.StepGroup.Line(true, "x", 1));
  }

  private static Entry entry(Account account, String name, long bytes) {
    return new Entry(account, name, bytes, Confidence.MEASURED, "");
  }

  private static Ledger ledger(List<Entry> entries) {
    return new Ledger(entries.stream().mapToLong(Entry::residentBytes).sum(), entries, 0);
  }

  private static long sum(List<LedgerRows.Row> rows) {
    return rows.stream().mapToLong(LedgerRows.Row::bytes).sum();
  }
}
