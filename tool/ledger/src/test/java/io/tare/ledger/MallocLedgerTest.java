package io.tare.ledger;

import static io.tare.model.capture.RuntimeKind.NATIVE;
import static io.tare.model.ledger.Account.MALLOC_IDLE;
import static io.tare.model.ledger.Account.MALLOC_MMAPPED;
import static io.tare.model.ledger.Account.MALLOC_OVERHEAD;
import static io.tare.model.ledger.Account.MALLOC_UNSPLIT;
import static io.tare.model.ledger.Account.MALLOC_USED;
import static io.tare.model.ledger.Account.PYTHON_UNSPLIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.ArtifactNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a few lines of evidence to the ledger: who gets which bytes of malloc, arena by arena, and other allocators. */
class MallocLedgerTest {
  private static final String FREE = " free=0";

  @ParameterizedTest
  @CsvSource({"64, 8, 192", "252, 16, 16", "300, 0, 0", "300, 12, 12"})
  void whatAnArenaKeepsIsTheHigherOfTwoLowerBounds(long usedKb, long freeResidentKb, long idleKb) {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-50000 rw-p", "Rss 256")
        .arena("10000-50000", usedKb, freeResidentKb);
    assertThat(sample.kilobytes(MALLOC_IDLE)).isEqualTo(idleKb);
    assertThat(sample.kilobytes(MALLOC_USED)).isEqualTo(256 - idleKb);
  }

  @Test
  void anArenaThatWasWalkedInPartCountsAsUsedButForItsFreePages() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-50000 rw-p", "Rss 256").malloc(
        "arena address=10000 main=true system=0 used=4096" + FREE + " resident=8192 complete=false",
        "segment arena=10000 start=10000 end=50000");
    assertThat(sample.ledger()).containsExactly("malloc.used 248 derived", "malloc.idle 8 measured");
  }

  @Test
  void eachArenaIsSplitByItselfAndTheLedgerShowsOneLine() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 64")
        .mapping("30000-40000 rw-p", "Rss 64").malloc(
            "arena address=10000 main=true system=0 used=65536" + FREE + " resident=0 complete=true",
            "segment arena=10000 start=10000 end=20000",
            "arena address=30000 main=false system=0 used=16384" + FREE + " resident=0 complete=true",
            "segment arena=30000 start=30000 end=40000");
    assertThat(sample.ledger()).containsExactly("malloc.used 80 measured", "malloc.idle 48 measured");
    assertThat(sample.detail("malloc arenas")).isEqualTo("main and 1 of threads");
    assertThat(sample.detail("malloc in use")).isEqualTo("80.0 KB");
  }

  @Test
  void aSegmentOwnsTheWholeOfItsLastPage() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-14000 rw-p", "Rss 16").malloc(
        "arena address=10010 main=true system=0 used=99999" + FREE + " resident=0 complete=true",
        "segment arena=10010 start=10010 end=12001");
    assertThat(sample.kilobytes(MALLOC_USED)).isEqualTo(12);
  }

  @Test
  void aBlockByItsHeaderYieldsToWhoeverNamesTheRange() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 64")
        .mapping("30000-40000 rw-p", "Rss 64").malloc("mmapped start=12000 end=14000", "mmapped start=30000 end=40000")
        .lines(ArtifactNames.PYTHON, "runtime", "range name=arena start=10000 end=20000");
    assertThat(sample.kilobytes(MALLOC_MMAPPED)).isEqualTo(64);
    assertThat(sample.kilobytes(PYTHON_UNSPLIT)).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource({"/usr/lib/libjemalloc.so.2, jemalloc", "/usr/lib/libtcmalloc_minimal.so.4, tcmalloc",
      "/usr/lib/libmimalloc.so.2, mimalloc", "/lib/ld-musl-x86_64.so.1, musl", "/lib/libc.musl-x86_64.so.1, musl"})
  void anotherAllocatorsMemoryIsNotSplit(String library, String name) {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 64")
        .mapping("20000-21000 r--p", "Rss 4").mapping("30000-31000 r-xp " + library, "Rss 4");
    assertThat(sample.ledger()).contains("malloc.unsplit " + name + " 64 derived", "anonymous 4 inferred");
    assertThat(sample.detail("allocator")).isEqualTo(name);
  }

  @Test
  void anAllocatorThatIsLinkedInIsNamedByTheExecutable() {
    SampleCapture linked = SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 64")
        .lines(ArtifactNames.EXECUTABLE, "executable allocator=jemalloc");
    assertThat(linked.kilobytes(MALLOC_UNSPLIT)).isEqualTo(64);
    SampleCapture glibc = SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 64")
        .lines(ArtifactNames.EXECUTABLE, "executable allocator=glibc");
    assertThat(glibc.kilobytes(MALLOC_UNSPLIT)).isZero();
  }

  @Test
  void aForeignAllocatorsRegionsAreSplitAndItsTablesAreMachinery() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("100000-200000 rw-p", "Rss 1024")
        .mapping("400000-440000 rw-p", "Rss 64").lines(ArtifactNames.MALLOC,
            "malloc allocator=jemalloc walked=jemalloc",
            "arena address=100000 main=false system=1048576 used=409600 free=638976 resident=638976 complete=true",
            "segment arena=100000 start=100000 end=200000", "tables start=400000 end=420000");
    assertThat(sample.kilobytes(MALLOC_USED)).isEqualTo(400);
    assertThat(sample.kilobytes(MALLOC_IDLE)).isEqualTo(624);
    assertThat(sample.kilobytes(MALLOC_OVERHEAD)).isPositive();
    assertThat(sample.kilobytes(MALLOC_UNSPLIT)).isZero();
  }
}
