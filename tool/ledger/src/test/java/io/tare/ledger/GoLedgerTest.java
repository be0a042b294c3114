package io.tare.ledger;

import static io.tare.model.capture.RuntimeKind.GO;
import static io.tare.model.ledger.Account.GO_HEAP;
import static io.tare.model.ledger.Account.GO_IDLE;
import static io.tare.model.ledger.Account.GO_STACKS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.ArtifactNames;
import io.tare.model.ledger.ByteRange;
import io.tare.model.report.Net;
import io.tare.model.report.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From a few lines of evidence to the ledger: who gets which bytes of Go's heap, stacks and tables. */
class GoLedgerTest {
  private static SampleCapture go(String... facts) {
    return SampleCapture.of(GO).mapping("100000-200000 rw-p", "Rss 1024").mapping("300000-310000 rw-p", "Rss 64")
        .lines(ArtifactNames.GO, Stream.concat(Stream.of("runtime", "range name=arena start=100000 end=200000",
            "range name=runtime start=300000 end=310000"), Stream.of(facts)).toArray(String[]::new));
  }

  @Test
  void goroutinesStacksAndIdlePagesAreSplitFromGosHeap() {
    SampleCapture sample = go("fact key=heap.inuse value=524288", "fact key=stacks.inuse value=131072",
        "fact key=heap.idle.resident value=262144");
    assertThat(sample.kilobytes(GO_HEAP)).isEqualTo(640);
    assertThat(sample.kilobytes(GO_STACKS)).isEqualTo(128);
    assertThat(sample.kilobytes(GO_IDLE)).isEqualTo(256);
    assertThat(sample.ledger()).contains("go.runtime runtime 64 measured", "go.idle 256 measured");
  }

  @Test
  void withoutACountOfIdlePagesTheyAreWhatIsLeft() {
    SampleCapture sample = go("fact key=heap.inuse value=524288", "fact key=stacks.inuse value=131072");
    assertThat(sample.ledger()).containsExactly("go.heap 512 measured", "go.idle 384 derived", "go.stacks 128 measured",
        "go.runtime runtime 64 measured");
    assertThat(go().ledger()).containsExactly("go.unsplit 1024 measured", "go.runtime runtime 64 measured");
  }

  @Test
  void ofGosStacksAndWorkListsOnlyWhatIsResidentLeavesTheHeap() {
    SampleCapture sample = go("fact key=layout value=proved", "fact key=heap.inuse value=524288",
        "fact key=stacks.inuse value=131072", "fact key=stacks.resident value=65536",
        "fact key=workbufs.resident value=32768", "fact key=heap.idle.resident value=262144");
    assertThat(sample.ledger()).containsExactly("go.heap 672 measured", "go.idle 256 measured", "go.stacks 64 measured",
        "go.runtime runtime 64 measured", "go.runtime GCSys 32 measured");
  }

  @Test
  void gosPoolOfSmallThingsIsSplitAsItsCountersSay() {
    SampleCapture sample = go("range name=persistent start=100000 end=120000", "fact key=layout value=proved",
        "fact key=sys.mspan value=40960", "fact key=sys.mcache value=16384", "fact key=sys.buckhash value=1460472");
    assertThat(sample.ledger()).contains("go.unsplit 896 measured", "go.runtime MSpanSys 40 derived",
        "go.runtime MCacheSys 16 derived", "go.runtime BuckHashSys 20 derived", "go.runtime OtherSys 52 derived");
    assertThat(go("range name=persistent start=100000 end=120000", "fact key=layout value=proved",
        "fact key=sys.buckhash value=20480").ledger()).contains("go.runtime BuckHashSys 20 derived");
  }

  /** A sum that doesn't come out says that the layout is another one: then the figures mean nothing. */
  @Test
  void aGoHeapWhoseCountersDoNotAddUpIsNeitherInUseNorIdle() {
    SampleCapture sample = go("fact key=layout value=unproved", "fact key=heap.inuse value=524288",
        "fact key=stacks.resident value=65536", "fact key=heap.idle.resident value=262144");
    assertThat(sample.ledger()).containsExactly("go.unsplit 1024 derived",
        "go.runtime runtime 64 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(ByteRange.upTo(1024 << 10));
    assertThat(sample.report().net().orElseThrow().basis())
        .isEqualTo("memory in use by the program; of 1.00 MB it is not known whether they are in use");
    assertThat(sample.report().verdicts()).filteredOn(verdict -> verdict.rule().startsWith("go-")).hasSize(2)
        .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.CannotTell.class));
  }

  @Test
  void gosNetIsItsHeapInUseAndSaysThatGarbageIsInIt() {
    Net net = go("fact key=layout value=proved", "fact key=heap.idle.resident value=262144",
        "fact key=heap.marked value=409600").report().net().orElseThrow();
    assertThat(net.bytes()).isEqualTo(ByteRange.upTo(768 << 10));
    assertThat(net.basis()).isEqualTo("Go heap in use, garbage included; 400 KB were alive at the last collection");
  }

  @Test
  void whatNoTableOfGoClaimsInAProgramWithoutLibrariesIsInferred() {
    SampleCapture sample = SampleCapture.of(GO).mapping("100000-110000 rw-p", "Rss 64").lines(ArtifactNames.GO,
        "runtime", "range name=rest start=100000 end=110000", "range name=GCSys start=100000 end=104000");
    assertThat(sample.ledger()).containsExactly("go.runtime rest 48 inferred", "go.runtime GCSys 16 measured");
  }

  @Test
  void goTellsItsOwnFiguresByTheirOwnNames() {
    SampleCapture sample = go("fact key=gc.percent value=-1", "fact key=gc.count value=7",
        "fact key=gc.pause.nanos value=2510000", "fact key=goroutines value=2006", "fact key=gc.next value=4194304",
        "fact key=heap.idle value=1048576", "fact key=heap.released value=2097152", "fact key=sys.gc value=524288");
    assertThat(sample.detail("GOGC")).isEqualTo("off");
    assertThat(sample.detail("GOMEMLIMIT")).isEqualTo("none");
    assertThat(sample.detail("collections")).isEqualTo("7");
    assertThat(sample.detail("their pauses in all")).isEqualTo("2.5 ms");
    assertThat(sample.detail("goroutines, the runtime's own included")).isEqualTo("2006");
    assertThat(sample.detail("next collection at a heap of")).isEqualTo("4.00 MB");
    assertThat(sample.detail("Go: HeapIdle")).isEqualTo("3.00 MB");
    assertThat(sample.detail("Go: GCSys")).isEqualTo("512 KB");
    assertThat(sample.detail("Go: StackInuse")).as("what was not read is not told").isEmpty();
  }

  @Test
  void guessedRangesOfGoAreInferredButForArenasThatItsAllocatorLists() {
    assertThat(go("fact key=ranges.confidence value=inferred", "fact key=heap.inuse value=1048576").ledger())
        .containsExactly("go.heap 1024 measured", "go.runtime runtime 64 inferred");
    assertThat(go("fact key=ranges.confidence value=inferred").ledger())
        .containsExactly("go.unsplit 1024 inferred", "go.runtime runtime 64 inferred");
  }
}
