package io.tare.ledger;

import static io.tare.model.capture.RuntimeKind.HOTSPOT;
import static io.tare.model.ledger.Account.HEAP_DUPLICATE;
import static io.tare.model.ledger.Account.HEAP_IDLE;
import static io.tare.model.ledger.Account.HEAP_UNSPLIT;
import static io.tare.model.ledger.Account.HEAP_USED;
import static io.tare.model.ledger.Account.MALLOC_MMAPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.ArtifactNames;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a few lines of evidence to the ledger: who gets which bytes of a JVM's heap and machinery. */
class JvmLedgerTest {
  private static SampleCapture heap(String... lines) {
    return SampleCapture.of(HOTSPOT).mapping("100000-200000 rw-p", "Rss 1024").hotspot(lines);
  }

  private static final String HEAP = "region purpose=HEAP name= start=100000 end=200000";

  @Test
  void theHeapsPartsAreUsedBelowTheirTopAndIdleAbove() {
    SampleCapture sample = heap(HEAP, "part role=eden bottom=140000 top=180000 end=200000",
        "part role=old bottom=100000 top=110001 end=140000", "part role=free bottom=130000 top=130000 end=140000");
    assertThat(sample.ledger()).containsExactly("heap.idle 700 derived", "heap.used 324 measured");
  }

  @Test
  void fullRegionsSideBySideAreOneRange() {
    SampleCapture sample = heap(HEAP, "part role=old bottom=100000 top=140000 end=140000",
        "part role=old bottom=140000 top=180000 end=180000", "part role=old bottom=150000 top=160000 end=160000");
    assertThat(sample.report().mappings()).extracting(line -> line.range() + " " + line.account())
        .containsExactly("100000-180000 heap.used", "180000-200000 heap.idle");
  }

  @Test
  void withoutPartsTheTotalSplitsTheHeap() {
    assertThat(heap(HEAP).ledger()).as("neither parts nor a total").containsExactly("heap.unsplit 1024 derived");
    assertThat(heap(HEAP, "fact key=heap.used value=262144").ledger())
        .containsExactly("heap.idle 768 derived", "heap.used 256 derived");
    assertThat(heap(HEAP, "fact key=heap.used value=99999999").ledger()).containsExactly("heap.used 1024 derived");
  }

  @Test
  void aFullCollectionThatWasAskedForSplitsLiveFromGarbage() {
    SampleCapture sample = heap(HEAP, "fact key=heap.used value=786432").text(ArtifactNames.ASK_GC, "done\n")
        .text(ArtifactNames.ASK_HEAP_INFO, " garbage-first heap   total 1024K, used 512K [0x100000, 0x200000)\n");
    assertThat(sample.ledger()).containsExactly("heap.live 512 measured", "heap.garbage 256 derived",
        "heap.idle 256 derived");
  }

  private static SampleCapture threeViews(String blocks, String... more) {
    return SampleCapture.of(HOTSPOT).mapping("100000-140000 rw-s /memfd:java_heap (deleted)", "Rss 192 Pss 64")
        .mapping("200000-240000 rw-s /memfd:java_heap (deleted)", "Rss 192 Pss 64")
        .mapping("300000-340000 rw-s /memfd:java_heap (deleted)", "Rss 192 Pss 64")
        .lines(ArtifactNames.FDS,
            "fd n=4 target=/memfd:java_heap%20(deleted) size=262144 blocks=" + blocks + " inode=1 device=00:01")
        .hotspot(Stream.concat(Stream.of("region purpose=HEAP name= start=100000 end=140000",
            "region purpose=HEAP name= start=200000 end=240000", "region purpose=HEAP name= start=300000 end=340000"),
            Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void aHeapThatIsMappedThreeTimesIsThereOnce() {
    SampleCapture sample = threeViews("384");
    assertThat(sample.kilobytes(HEAP_UNSPLIT)).isEqualTo(192);
    assertThat(sample.kilobytes(HEAP_DUPLICATE)).isEqualTo(384);
  }

  @Test
  void theHeapFilesBlocksBoundItFurther() {
    SampleCapture sample = threeViews("256");
    assertThat(sample.kilobytes(HEAP_UNSPLIT)).isEqualTo(128);
    assertThat(sample.kilobytes(HEAP_DUPLICATE)).isEqualTo(448);
    assertThat(sample.detail("heap file's blocks, touched or not (charged to the group)")).isEqualTo("128 KB");
  }

  @Test
  void ofAHeapThatIsMappedThreeTimesTheTotalStillTellsWhatIsIdle() {
    SampleCapture sample = threeViews("384", "fact key=heap.used value=65536",
        "part role=page bottom=100000 top=110000 end=140000");
    assertThat(sample.kilobytes(HEAP_DUPLICATE)).isEqualTo(384);
    assertThat(sample.kilobytes(HEAP_USED)).isEqualTo(64);
    assertThat(sample.kilobytes(HEAP_IDLE)).isEqualTo(128);
  }

  @ParameterizedTest
  @CsvSource({"CLASS_SPACE, metaspace.class", "METASPACE, metaspace.nonclass", "CODE, code.cache x",
      "CODE_SEGMENT_MAP, code.segmap", "CDS, cds x", "AOT_CODE, cds compiled code", "GC, gc x",
      "MACHINERY, jvm.other x",
      "OTHER, jvm.other x", "HEAP_ARCHIVE, cds archived objects in the heap"})
  void everyPurposeHasItsAccount(String purpose, String line) {
    assertThat(heap("region purpose=" + purpose + " name=x start=100000 end=200000").ledger())
        .containsExactly(line + " 1024 measured");
  }

  /** Each pair overlaps: the first lies within the second, is as narrow or wider in no case, and wins. */
  @ParameterizedTest
  @CsvSource({"HEAP, OTHER", "METASPACE, HEAP", "CODE, METASPACE", "CLASS_SPACE, METASPACE", "CODE_SEGMENT_MAP, CODE",
      "GC, CLASS_SPACE", "MACHINERY, CODE", "AOT_CODE, CODE", "CDS, CLASS_SPACE", "HEAP_ARCHIVE, CDS",
      "HEAP_ARCHIVE, GC"})
  void theStrongerClaimWinsEvenWhereItIsWider(String strong, String weak) {
    SampleCapture sample = heap("region purpose=" + strong + " name=strong start=100000 end=200000",
        "region purpose=" + weak + " name=weak start=140000 end=180000");
    assertThat(sample.ledger()).as("all of it goes to one").hasSize(1);
    SampleCapture alone = heap("region purpose=" + strong + " name=strong start=100000 end=200000");
    assertThat(sample.ledger()).isEqualTo(alone.ledger());
  }

  @Test
  void aBlockByItsHeaderIsStrongerOnlyThanAnOtherReservation() {
    SampleCapture other = heap("region purpose=OTHER name=x start=100000 end=200000")
        .malloc("mmapped start=100000 end=200000");
    assertThat(other.kilobytes(MALLOC_MMAPPED)).isEqualTo(1024);
    assertThat(heap(HEAP).malloc("mmapped start=120000 end=140000").kilobytes(MALLOC_MMAPPED)).isZero();
  }
}
