package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.proc.ProcessFolder;
import io.tare.history.live.StandingLedger.Stillness;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a ledger may be written down again without reading the process: only while nothing of it can have changed. */
class StandingLedgerTest {
  private static final Weighing LEDGER = new Weighing(1_000, WeighingReason.BASELINE, 100, OptionalLong.of(60),
      Map.of("malloc.used", 60L, "libraries", 30L), 10, 20_000);

  @TempDir
  private Path proc;

  private ProcessFolder process = new ProcessFolder(Path.of(""), 0);

  @BeforeEach
  void aProcessOfTwoThreads() throws IOException {
    process = new ProcessFolder(proc, 7);
    thread(7, "8423150 41210 37\n");
    thread(9, "1200 0 1\n");
  }

  private void thread(long tid, String schedstat) throws IOException {
    Path task = Files.createDirectories(process.file("task/" + tid));
    Files.writeString(task.resolve("schedstat"), schedstat);
  }

  private static Sample sample(long rss, long swap, long threads) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = rss;
    values[SampleColumn.SWAP.index()] = swap;
    values[SampleColumn.THREADS.index()] = threads;
    return Sample.of(0, values);
  }

  private Optional<Stillness> look() {
    return Stillness.of(process, sample(100, 0, 2));
  }

  private Optional<Weighing> later(Optional<Stillness> now) {
    return new StandingLedger(LEDGER, look().orElseThrow()).at(61_000, now);
  }

  @Test
  void aLedgerOfWhatHasNotRunCountsAgainAtTheNewTimeAndCostsNothing() {
    assertThat(later(look())).contains(new Weighing(61_000, WeighingReason.TURN, 100, OptionalLong.of(60),
        Map.of("malloc.used", 60L, "libraries", 30L), 10, 0));
  }

  @Test
  void aNanosecondOfOneThreadEndsIt() throws IOException {
    StandingLedger last = new StandingLedger(LEDGER, look().orElseThrow());
    thread(9, "1201 0 2\n");
    assertThat(last.at(61_000, look())).isEmpty();
  }

  @Test
  void aThreadThatHasBegunOrEndedEndsIt() throws IOException {
    StandingLedger last = new StandingLedger(LEDGER, look().orElseThrow());
    thread(11, "0 0 0\n");
    assertThat(last.at(61_000, look())).isEmpty();
    StandingLedger ofThree = new StandingLedger(LEDGER, look().orElseThrow());
    Files.delete(process.file("task/11/schedstat"));
    Files.delete(process.file("task/11"));
    assertThat(ofThree.at(61_000, look())).isEmpty();
  }

  @Test
  void memoryThatTheKernelTookEndsIt() {
    assertThat(later(Stillness.of(process, sample(99, 0, 2)))).isEmpty();
    assertThat(later(Stillness.of(process, sample(100, 1, 2)))).isEmpty();
  }

  @Test
  void whatTheKernelDoesNotTellIsNotTakenForStanding() throws IOException {
    assertThat(later(Optional.empty())).isEmpty();
    Files.writeString(process.file("task/9/schedstat"), "");
    assertThat(look()).isEmpty();
    Files.delete(process.file("task/9/schedstat"));
    assertThat(look()).isEmpty();
    assertThat(Stillness.of(new ProcessFolder(proc, 8), sample(100, 0, 2))).isEmpty();
  }

  @Test
  void aProcessOfManyThreadsIsNotLookedAt() {
    assertThat(Stillness.of(process, sample(100, 0, 16))).isPresent();
    assertThat(Stillness.of(process, sample(100, 0, 17))).isEmpty();
    assertThat(Stillness.of(process, sample(Sample.UNKNOWN, 0, 2))).isEmpty();
  }

  /** Against a ledger that is really taken: of a program that sleeps, read twice. */
  @Test
  @Tag("slow")
  void aLedgerThatStandsIsTheOneThatWouldBeTaken() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "300").start();
    try {
      ProcessFolder folder = new ProcessFolder(ProcessFolder.LIVE_ROOT, sleeper.pid());
      Sample sample = sample(100, 0, 1);
      Optional<Stillness> before;
      do {
        before = Stillness.of(folder, sample);
        Thread.sleep(200);
      } while (!Stillness.of(folder, sample).equals(before));
      Weigher weigher = new Weigher();
      Weighing first = weigher.weigh(sleeper.pid(), 1_000, WeighingReason.BASELINE).orElseThrow();
      Weighing again = weigher.weigh(sleeper.pid(), 2_000, WeighingReason.TURN).orElseThrow();
      Weighing stands = new StandingLedger(first, before.orElseThrow()).at(2_000, Stillness.of(folder, sample))
          .orElseThrow();
      assertThat(stands).usingRecursiveComparison().ignoringFields("costMicros").isEqualTo(again);
      assertThat(first.grossBytes()).isPositive();
    } finally {
      sleeper.destroyForcibly().waitFor();
    }
  }
}
