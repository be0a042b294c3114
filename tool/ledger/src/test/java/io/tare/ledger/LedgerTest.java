package io.tare.ledger;

import static io.tare.model.capture.RuntimeKind.CPYTHON;
import static io.tare.model.capture.RuntimeKind.GO;
import static io.tare.model.capture.RuntimeKind.HOTSPOT;
import static io.tare.model.capture.RuntimeKind.NATIVE;
import static io.tare.model.capture.RuntimeKind.V8;
import static io.tare.model.ledger.Account.GO_HEAP;
import static io.tare.model.ledger.Account.GO_IDLE;
import static io.tare.model.ledger.Account.GO_STACKS;
import static io.tare.model.ledger.Account.HEAP_DUPLICATE;
import static io.tare.model.ledger.Account.HEAP_IDLE;
import static io.tare.model.ledger.Account.HEAP_UNSPLIT;
import static io.tare.model.ledger.Account.HEAP_USED;
import static io.tare.model.ledger.Account.MALLOC_IDLE;
import static io.tare.model.ledger.Account.MALLOC_MMAPPED;
import static io.tare.model.ledger.Account.MALLOC_OVERHEAD;
import static io.tare.model.ledger.Account.MALLOC_UNSPLIT;
import static io.tare.model.ledger.Account.MALLOC_USED;
import static io.tare.model.ledger.Account.MAPPED;
import static io.tare.model.ledger.Account.MAPPED_DIRTY;
import static io.tare.model.ledger.Account.PYTHON_ARENAS;
import static io.tare.model.ledger.Account.PYTHON_IDLE;
import static io.tare.model.ledger.Account.PYTHON_UNSPLIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.ArtifactNames;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.ByteRange;
import io.tare.model.report.Net;
import io.tare.model.report.ThreadLine;
import io.tare.model.report.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a few lines of evidence to the ledger: who gets which bytes. */
class LedgerTest {
  private static final String FREE = " free=0";

  // malloc

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

  // a mapping among several owners

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

  // what nobody claims by address

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

  // mapped files

  @Test
  void changedPagesOfAFileAreALineOfTheirOwn() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-20000 rw-s /data/x",
        "Rss 64 Private_Clean 24 Shared_Dirty 8 Private_Dirty 32");
    assertThat(sample.ledger()).containsExactly("mapped.dirty /data/x 40 measured", "mapped /data/x 24 measured");
  }

  // Java heap

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

  // the JVM's machinery

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

  // stacks

  private static SampleCapture stacks() {
    return SampleCapture.of(HOTSPOT).mapping("100000-140000 rw-p", "Rss 64").mapping("200000-240000 rw-p", "Rss 32")
        .mapping("300000-340000 rw-p", "Rss 16").mapping("400000-440000 rw-p", "Rss 8")
        .hotspot("thread tid=11 name=main java=true start=100000 end=140000",
            "thread tid=12 name=G1%20Main java=false start=200000 end=240000")
        .lines(ArtifactNames.PTHREADS, "native-threads", "thread tid=11 live=true main=false start=100000 end=140000",
            "thread tid=13 live=true main=false start=300000 end=340000",
            "thread tid=0 live=false main=false start=400000 end=420000",
            "thread tid=0 live=false main=false start=420000 end=440000")
        .lines(ArtifactNames.TASKS, "thread tid=11 comm=java state=S", "thread tid=13 comm=epoll state=S");
  }

  @Test
  void stacksAreOneLineASortAndTheRuntimesWordComesFirst() {
    assertThat(stacks().ledger()).containsExactly("stacks.java 64 measured", "stacks.native 48 measured",
        "stacks.cached 8 measured");
  }

  @Test
  void everyStackIsALineForWhoAsksForThreads() {
    assertThat(stacks().report().threads()).extracting(LedgerTest::words).containsExactly(
        "11 main stacks.java 100000-140000 65536", "12 G1 Main stacks.native 200000-240000 32768",
        "13 epoll stacks.native 300000-340000 16384", "0  stacks.cached 400000-440000 8192");
  }

  private static String words(ThreadLine line) {
    return line.tid() + " " + line.name() + " " + line.sort() + " " + line.stack() + " " + line.residentBytes();
  }

  @Test
  void aStackThatAGuardPageCutsIsOneStack() {
    SampleCapture sample = SampleCapture.of(HOTSPOT).mapping("100000-120000 rw-p", "Rss 8")
        .mapping("120000-140000 rw-p", "Rss 4").hotspot("thread tid=11 name=main java=true start=100000 end=140000");
    assertThat(sample.report().threads()).extracting(LedgerTest::words)
        .containsExactly("11 main stacks.java 100000-140000 12288");
  }

  @Test
  void theMainThreadsControlBlockIsNoStack() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("100000-101000 rw-p", "Rss 4")
        .mapping("7ff000-800000 rw-p [stack]", "Rss 4")
        .lines(ArtifactNames.PTHREADS, "native-threads", "thread tid=4711 live=true main=true start=100000 end=101000");
    assertThat(sample.ledger()).contains("libraries.data thread-local data of the main thread 4 measured",
        "stacks.native 4 measured");
    assertThat(sample.report().threads()).extracting(LedgerTest::words)
        .containsExactly("4711 main thread stacks.native 7ff000-800000 4096");
  }

  @Test
  void mappingsCarryTheirOwnersNames() {
    assertThat(stacks().report().mappings()).extracting(line -> line.account() + " " + line.name())
        .containsExactly("stacks.java 11 main", "stacks.native 12 G1 Main", "stacks.native 13 epoll", "stacks.cached ");
    assertThat(SampleCapture.of(NATIVE).mapping("10000-50000 rw-p", "Rss 256").arena("10000-50000", 1, 1).report()
        .mappings()).extracting(line -> line.account() + " " + line.name() + " " + line.permissions())
        .containsExactly("malloc.used 10000 rw-p");
    assertThat(SampleCapture.of(HOTSPOT).mapping("10000-50000 rw-p", "Rss 256").report().mappings())
        .extracting(line -> line.account() + line.name() + line.confidence().label())
        .containsExactly("unexplainedmeasured");
  }

  // Go

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
  void stacksThatGoNamesByAddressAreNotTakenFromTheHeapAgain() {
    SampleCapture named = SampleCapture.of(GO).mapping("100000-200000 rw-p", "Rss 1024").lines(ArtifactNames.GO,
        "runtime", "range name=arena start=100000 end=200000", "range name=stack start=100000 end=110000",
        "fact key=stacks.inuse value=131072");
    assertThat(named.ledger()).containsExactly("go.unsplit 960 measured", "go.stacks 64 measured");
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
    assertThat(sample.ledger()).contains("go.heap 896 measured", "go.runtime MSpanSys 40 derived",
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
        .isEqualTo("the whole Go heap: what of it is in use is not known");
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

  // V8

  @Test
  void ofEachSpaceOfV8WhatHoldsNoObjectIsIdleAndNoPartOfNet() {
    SampleCapture sample = SampleCapture.of(V8).mapping("100000-180000 rw-p", "Rss 512").lines(ArtifactNames.V8,
        "runtime", "range name=old_space start=100000 end=140000", "range name=code_space start=140000 end=180000",
        "fact key=old_space.idle.resident value=65536", "fact key=old_space.heads.resident value=4096",
        "fact key=code_space.idle.resident value=131072", "fact key=code_space.heads.resident value=8192");
    assertThat(sample.ledger()).containsExactly("v8.heap old space 188 measured", "v8.idle code space 128 measured",
        "v8.code code space 120 measured", "v8.idle old space 64 measured", "v8.overhead 12 measured");
  }

  @Test
  void ofASpaceOfV8ThatDoesNotTellWhatIsInUseNothingIsInUse() {
    SampleCapture sample = SampleCapture.of(V8).mapping("100000-140000 rw-p", "Rss 256").lines(ArtifactNames.V8,
        "runtime", "range name=new_space start=100000 end=140000");
    assertThat(sample.ledger()).containsExactly("v8.unsplit new space 256 measured");
  }

  // CPython

  @Test
  void pythonsFreePoolsAreIdle() {
    SampleCapture sample = SampleCapture.of(CPYTHON).mapping("100000-200000 rw-p", "Rss 1024").lines(
        ArtifactNames.PYTHON, "runtime", "range name=arena start=100000 end=200000",
        "fact key=arenas.freeResidentBytes value=262144");
    assertThat(sample.kilobytes(PYTHON_ARENAS)).isEqualTo(768);
    assertThat(sample.kilobytes(PYTHON_IDLE)).isEqualTo(256);
  }

  @Test
  void whereOnlyPythonsBlocksInUseWereCountedTheRestIsIdle() {
    SampleCapture sample = SampleCapture.of(CPYTHON).mapping("100000-200000 rw-p", "Rss 1024").lines(
        ArtifactNames.PYTHON, "runtime", "range name=arena start=100000 end=200000",
        "fact key=arenas.freeResidentBytes value=65536", "fact key=blocks.used value=262144");
    assertThat(sample.ledger()).containsExactly("python.idle in used pools 704 derived", "python.arenas 256 measured",
        "python.idle 64 measured");
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

  @Test
  void pythonsBlocksInUseAloneAreItsObjectsAndNet() {
    SampleCapture sample = SampleCapture.of(CPYTHON).mapping("100000-200000 rw-p", "Rss 1024").lines(
        ArtifactNames.PYTHON, "runtime", "range name=arena start=100000 end=200000",
        "fact key=blocks.confidence value=measured", "fact key=pools.unused.resident value=65536",
        "fact key=blocks.free.resident value=524288", "fact key=overhead.resident value=16384");
    assertThat(sample.ledger()).containsExactly("python.idle in used pools 512 measured",
        "python.arenas 432 measured", "python.idle whole pools 64 measured", "python.overhead 16 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(432 << 10);
  }

  @Test
  void withoutMappingsThereIsNoLedger() {
    assertThat(SampleCapture.of(NATIVE).report().ledger()).isEmpty();
    assertThat(SampleCapture.of(NATIVE).report().net()).isEmpty();
    assertThat(SampleCapture.of(NATIVE).report().verdicts()).isEmpty();
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
}
