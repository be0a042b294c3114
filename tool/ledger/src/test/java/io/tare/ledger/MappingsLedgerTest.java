package io.tare.ledger;

import static io.tare.model.capture.RuntimeKind.CPYTHON;
import static io.tare.model.capture.RuntimeKind.GO;
import static io.tare.model.capture.RuntimeKind.HOTSPOT;
import static io.tare.model.capture.RuntimeKind.NATIVE;
import static io.tare.model.ledger.Account.MALLOC_MMAPPED;
import static io.tare.model.ledger.Account.MALLOC_USED;
import static io.tare.model.ledger.Account.MAPPED;
import static io.tare.model.ledger.Account.MAPPED_DIRTY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.ArtifactNames;
import io.tare.model.ledger.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a few lines of evidence to the ledger: who gets which bytes of mappings: several owners of one, none, a label, a file. */
class MappingsLedgerTest {
  @Test
  void presentPagesShareAMappingOutAndNotSizes() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 32")
        .present("10000-16000", "1e000-20000").arena("10000-18000", 1000, 0);
    assertThat(sample.kilobytes(MALLOC_USED)).isEqualTo(24);
    assertThat(sample.kilobytes(Account.ANONYMOUS)).isEqualTo(8);
  }

  @Test
  void withoutPresentPagesTheSizesShareIt() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 32").arena("10000-14000", 1000, 0);
    assertThat(sample.kilobytes(MALLOC_USED)).isEqualTo(8);
  }

  @Test
  void anOwnerBeforeTheMappingsTakesNothing() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("30000-40000 rw-p", "Rss 64").malloc(
        "mmapped start=10000 end=11000", "mmapped start=11000 end=30000", "mmapped start=38000 end=40000");
    assertThat(sample.kilobytes(MALLOC_MMAPPED)).isEqualTo(32);
  }

  @Test
  void aJvmOrGoKnowsAllItsMemorySoTheRestStaysUnexplained() {
    assertThat(SampleCapture.of(HOTSPOT).mapping("10000-20000 rw-p", "Rss 64").unexplainedKilobytes()).isEqualTo(64);
    assertThat(SampleCapture.of(GO).mapping("10000-20000 rw-p", "Rss 64").unexplainedKilobytes()).isEqualTo(64);
    assertThat(SampleCapture.of(CPYTHON).mapping("10000-20000 rw-p", "Rss 64").ledger())
        .containsExactly("anonymous 64 inferred");
  }

  @Test
  void aProgramsOwnMappingsAreSurerWhereMallocIsKnown() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 64");
    assertThat(sample.ledger()).containsExactly("anonymous 64 inferred");
    assertThat(sample.malloc().ledger()).containsExactly("anonymous 64 derived");
    assertThat(sample.unexplainedKilobytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"rw-p [heap], malloc.unsplit [heap]", "rw-p [stack], stacks.native", "r-xp [vdso], kernel [vdso]",
      "r--p [vvar], kernel [vvar]", "rw-p [anon: pool], anonymous pool", "rw-p [anon:pool], anonymous pool",
      "rw-s [anon_shmem:pool], anonymous pool", "rw-s anon_inode:[io_uring], shared anon_inode:[io_uring]",
      "rw-s socket:[77], shared socket:[77]", "rw-p [anon: Go: gc bits], go.runtime gc bits",
      "rw-s /dev/shm/x, shared /dev/shm/x", "rw-s /memfd:x (deleted), shared /memfd:x (deleted)",
      "rw-s /SYSV00000000 (deleted), shared /SYSV00000000 (deleted)", "r--s /jdk/classes.jsa, cds",
      "r--s /jdk/app.aot, cds", "rw-s /tmp/hsperfdata_me/1, jvm.other performance counters",
      "r--p /lib/libc.so.6, libraries /lib/libc.so.6",
      "r--p /lib/libc.so.6 (deleted), libraries /lib/libc.so.6 (deleted)",
      "r-xp /bin/program, libraries /bin/program", "rw-p /lib/libc.so.6, libraries.data",
      "r--s /data/x, mapped /data/x"})
  void aMappingsOwnLabelNamesItsOwner(String mapping, String line) {
    assertThat(SampleCapture.of(NATIVE).mapping("10000-20000 " + mapping, "Rss 64").ledger())
        .containsExactly(line + " 64 measured");
  }

  private static SampleCapture arena(String counts) {
    return SampleCapture.of(NATIVE).mapping("100000-500000 rw-p", "Rss 4096").malloc()
        .lines(ArtifactNames.ZEROS, "zero-pages mappings=1", "mapping start=100000 end=500000 page=4096 " + counts);
  }

  @Test
  void whatOfAnArenaHoldsOnlyZerosIsIdleAndTheRestIsNotKnown() {
    SampleCapture all = arena("present=1024 read=1024 zero=400");
    assertThat(all.ledger()).containsExactly("anonymous 2496 derived", "anonymous.zero 1600 measured");
    assertThat(all.report().net().orElseThrow().bytes().mostBytes()).isEqualTo(2496 * 1024);
    assertThat(all.detail("arena 100000-500000"))
        .isEqualTo("capacity 4.00 MB, with content 2.44 MB, only zeros 1.56 MB, "
            + "never touched or given back 0 bytes; all pages read");
    assertThat(arena("present=1024 read=512 zero=200").ledger())
        .containsExactly("anonymous 2496 derived", "anonymous.zero 1600 inferred");
    assertThat(arena("present=1024 read=1024 zero=1024").ledger()).containsExactly("anonymous.zero 4096 measured");
    assertThat(arena("present=1024 read=1024 zero=0").ledger()).containsExactly("anonymous 4096 derived");
  }

  @Test
  void zerosInMemoryThatSomebodyClaimsAreThatOnesAffair() {
    SampleCapture claimed = SampleCapture.of(NATIVE).mapping("100000-500000 rw-p", "Rss 4096")
        .malloc("mmapped start=100000 end=500000").lines(ArtifactNames.ZEROS, "zero-pages mappings=1",
            "mapping start=100000 end=500000 page=4096 present=1024 read=1024 zero=400");
    assertThat(claimed.ledger()).containsExactly("malloc.mmapped 4096 measured");
  }

  @Test
  void goNamesItsHeapByALabelToo() {
    assertThat(SampleCapture.of(GO).mapping("10000-20000 rw-p [anon: Go: heap]", "Rss 64").ledger())
        .containsExactly("go.unsplit 64 measured");
  }

  @Test
  void sharedAnonymousMemoryIsShared() {
    assertThat(SampleCapture.of(HOTSPOT).mapping("10000-20000 rw-s", "Rss 64").ledger())
        .containsExactly("shared anonymous 64 measured");
  }

  @Test
  void aLibrarysPrivatePagesAreDataEvenWhereItIsReadOnly() {
    assertThat(SampleCapture.of(NATIVE).mapping("10000-20000 r--p /lib/libc.so.6", "Rss 64 Anonymous 8").ledger())
        .containsExactly("libraries.data 64 measured");
  }

  @Test
  void zeroInitialisedDataLiesRightBehindALibrarysData() {
    SampleCapture sample = SampleCapture.of(HOTSPOT).mapping("10000-11000 r-xp /lib/x", "Rss 4")
        .mapping("11000-12000 rw-p /lib/x", "Rss 4").mapping("12000-14000 rw-p", "Rss 8")
        .mapping("14000-15000 rw-p", "Rss 4").mapping("16000-17000 rw-p /lib/x", "Rss 4")
        .mapping("18000-19000 rw-p", "Rss 4").mapping("19000-1a000 r-xp /lib/x", "Rss 4")
        .mapping("1a000-1b000 rw-p", "Rss 4");
    assertThat(sample.ledger()).contains("libraries.data 16 derived", "libraries /lib/x 8 measured");
    assertThat(sample.unexplainedKilobytes()).as("the second behind it, one with a gap, one behind code").isEqualTo(12);
  }

  @Test
  void changedPagesOfAFileAreALineOfTheirOwn() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-20000 rw-s /data/x",
        "Rss 64 Private_Clean 24 Shared_Dirty 8 Private_Dirty 32");
    assertThat(sample.ledger()).containsExactly("mapped.dirty /data/x 40 measured", "mapped /data/x 24 measured");
  }

  /** Its mapping cut in two by an owner in its middle, a file's dirty bytes are shared out and not counted for each piece. */
  @Test
  void aFilesChangedPagesAreSharedAmongThePiecesOfItsMapping() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-30000 rw-s /data/x", "Rss 128 Private_Dirty 40")
        .malloc("mmapped start=18000 end=20000");
    assertThat(sample.kilobytes(MAPPED_DIRTY)).as("three quarters of 40, for the last quarter is malloc's")
        .isEqualTo(30);
    assertThat(sample.kilobytes(MAPPED)).isEqualTo(66);
    assertThat(sample.kilobytes(MALLOC_MMAPPED)).isEqualTo(32);
  }

  @Test
  void withoutMappingsThereIsNoLedger() {
    assertThat(SampleCapture.of(NATIVE).report().ledger()).isEmpty();
    assertThat(SampleCapture.of(NATIVE).report().net()).isEmpty();
    assertThat(SampleCapture.of(NATIVE).report().verdicts()).isEmpty();
  }
}
