package io.tare.ledger;

import static io.tare.model.capture.RuntimeKind.CPYTHON;
import static io.tare.model.capture.RuntimeKind.GO;
import static io.tare.model.capture.RuntimeKind.HOTSPOT;
import static io.tare.model.capture.RuntimeKind.NATIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import io.tare.model.ledger.ByteRange;
import io.tare.model.report.Net;
import io.tare.model.report.Report;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a report says beside the ledger: the net figure, the scales, the heading, the details. */
class ReportTest {
  private static final String HEAP = "region purpose=HEAP name= start=100000 end=200000";

  // net

  private static String words(SampleCapture sample) {
    Net net = sample.report().net().orElseThrow();
    ByteRange bytes = net.bytes();
    String least = bytes.isExact() ? "" : bytes.leastBytes() / 1024 + " to ";
    return least + bytes.mostBytes() / 1024 + " " + net.parts().stream()
        .map(part -> part.what() + " " + part.value()).toList();
  }

  private static SampleCapture program() {
    return SampleCapture.of(NATIVE).mapping("100000-140000 rw-p", "Rss 256").mapping("200000-210000 rw-p", "Rss 64")
        .mapping("300000-301000 r-xp /bin/program", "Rss 4");
  }

  @Test
  void netIsWhatMallocHasInUseAndWhatTheProgramMappedItself() {
    assertThat(words(program().arena("100000-140000", 100, 0)))
        .isEqualTo("100 to 164 [malloc 100 KB, anonymous ≤ 64.0 KB]");
    assertThat(program().arena("100000-140000", 100, 0).report().net().orElseThrow().basis())
        .isEqualTo("memory in use by the program; of 64.0 KB it is not known whether they are in use");
    assertThat(words(program().malloc("mmapped start=100000 end=140000")))
        .isEqualTo("256 to 320 [malloc 256 KB, anonymous ≤ 64.0 KB]");
    assertThat(words(program().lines(ArtifactNames.EXECUTABLE, "executable allocator=jemalloc")))
        .isEqualTo("0 to 320 [malloc ≤ 320 KB]");
    assertThat(words(program())).as("nobody tells what is idle").isEqualTo("0 to 320 [anonymous ≤ 320 KB]");
  }

  @Test
  void goAndPythonAddTheirOwnHeaps() {
    assertThat(words(SampleCapture.of(GO).mapping("100000-140000 rw-p", "Rss 256").lines(ArtifactNames.GO, "runtime",
        "range name=arena start=100000 end=140000", "fact key=heap.idle.resident value=65536")))
        .isEqualTo("0 to 192 [runtime heap ≤ 192 KB]");
    assertThat(words(SampleCapture.of(CPYTHON).mapping("100000-140000 rw-p", "Rss 256").malloc()
        .lines(ArtifactNames.PYTHON, "runtime", "range name=arena start=100000 end=140000",
            "fact key=arenas.freeResidentBytes value=65536")))
        .isEqualTo("192 [runtime heap 192 KB]");
  }

  private static SampleCapture jvm(String... facts) {
    return SampleCapture.of(HOTSPOT).mapping("100000-200000 rw-p", "Rss 1024").mapping("300000-340000 rw-p", "Rss 256")
        .arena("300000-340000", 256, 0)
        .hotspot(Stream.concat(Stream.of(HEAP), Stream.of(facts)).toArray(String[]::new));
  }

  @Test
  void aJvmsNetIsAtMostWhatTheLastCollectionLeft() {
    SampleCapture never = jvm("fact key=heap.used value=786432");
    assertThat(words(never)).isEqualTo("0 to 1024 [heap ≤ 768 KB, malloc ≤ 256 KB]");
    assertThat(never.report().net().orElseThrow().basis()).isEqualTo(
        "heap in use, live or dead: no collection has run yet; malloc in use includes the JVM's own");
    SampleCapture settled = jvm("fact key=heap.used value=786432", "fact key=heap.usedAfterLastGc value=524288",
        "fact key=gc.lastAgeMillis value=90000");
    assertThat(words(settled)).isEqualTo("0 to 768 [heap ≤ 512 KB, malloc ≤ 256 KB]");
    assertThat(settled.report().net().orElseThrow().basis())
        .isEqualTo("heap in use after the last collection, 90 s ago: "
            + "at most this was live then; malloc in use includes the JVM's own");
    assertThat(settled.detail("last collection")).isEqualTo("90 s ago");
    assertThat(words(jvm("fact key=heap.used value=65536", "fact key=heap.usedAfterLastGc value=524288")))
        .as("never more than is in use").isEqualTo("0 to 320 [heap ≤ 64.0 KB, malloc ≤ 256 KB]");
  }

  @Test
  void theLiveHeapIsExactAfterACollectionThatWasAskedFor() {
    SampleCapture asked = jvm("fact key=heap.used value=786432").text(ArtifactNames.ASK_GC, "done\n")
        .text(ArtifactNames.ASK_HEAP_INFO, " garbage-first heap   total 1024K, used 512K [0x100000, 0x200000)\n");
    assertThat(words(asked)).isEqualTo("512 to 768 [heap 512 KB, malloc ≤ 256 KB]");
    assertThat(asked.report().net().orElseThrow().basis())
        .isEqualTo("live heap after the collection that was asked for; malloc in use includes the JVM's own");
  }

  @Test
  void whatTheJvmItselfTookFromMallocIsNotNet() {
    SampleCapture nmt = jvm("fact key=heap.used value=786432").text(ArtifactNames.ASK_NMT, """
        Native Memory Tracking:

        Total: reserved=1000KB, committed=900KB

        -                    Thread (reserved=64KB, committed=64KB)
                                    (malloc=64KB #133)

        -                     Other (reserved=100KB, committed=100KB)
                                    (malloc=100KB #2)

        """);
    assertThat(words(nmt)).isEqualTo("192 to 960 [heap ≤ 768 KB, malloc 192 KB]");
    assertThat(nmt.report().net().orElseThrow().basis())
        .isEqualTo("heap in use, live or dead: no collection has run yet");
    assertThat(nmt.detail("NMT Thread")).isEqualTo("64.0 KB committed, 64.0 KB by malloc");
  }

  @Test
  void machineryNeverTakesMoreThanMallocHas() {
    SampleCapture nmt = jvm("fact key=heap.used value=786432").text(ArtifactNames.ASK_NMT, """
        Native Memory Tracking:

        Total: reserved=1000KB, committed=900KB

        -                    Thread (reserved=6400KB, committed=6400KB)
                                    (malloc=6400KB #133)

        """);
    assertThat(words(nmt)).isEqualTo("0 to 768 [heap ≤ 768 KB]");
  }

  @Test
  void whatIsUnexplainedIsListedByItsPlaceAndItsNeighbours() {
    Report report = SampleCapture.of(HOTSPOT).mapping("10000-20000 r-xp /lib/libjvm.so", "Rss 64")
        .mapping("20000-24000 rw-p", "Rss 12").mapping("30000-40000 rw-p", "Rss 64")
        .mapping("50000-60000 rw-p [stack]", "Rss 60").hotspot("region purpose=GC name= start=20000 end=24000")
        .report();
    Verdict.Yes found = report.verdicts().stream().filter(verdict -> verdict.rule().equals("unexplained"))
        .map(Verdict.Yes.class::cast).findFirst().orElseThrow();
    assertThat(found.readings()).extracting(figure -> figure.what() + ": " + figure.value())
        .containsExactly("30000-40000 rw-p: 64.0 KB between gc and [stack]");
    assertThat(words(SampleCapture.of(HOTSPOT).mapping("30000-40000 rw-p", "Rss 64")))
        .isEqualTo("0 to 64 [no owner found ≤ 64.0 KB]");
  }

  @Test
  void whatWasRefusedIsSaidAndHowToGetIt() {
    SampleCapture sample = SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 64")
        .missing(ArtifactNames.MALLOC, Outcome.DENIED, "refused");
    assertThat(sample.report().unread().orElseThrow().sentence()).isEqualTo("The memory of this process could not be "
        + "read: what in it is in use, what idle, and what most of it belongs to can't be told.");
    assertThat(SampleCapture.of(NATIVE).missing(ArtifactNames.SMAPS, Outcome.DENIED, "refused").report().unread()
        .orElseThrow().sentence())
        .isEqualTo("The memory map of this process could not be read: only its totals are known.");
    assertThat(SampleCapture.of(NATIVE).mapping("10000-20000 rw-p", "Rss 64")
        .missing(ArtifactNames.EXECUTABLE, Outcome.ABSENT, "").report().unread()).isEmpty();
  }

  // details and heading

  @Test
  void theHeapsFiguresAreTold() {
    SampleCapture sample = jvm("fact key=heap.used value=786432", "fact key=heap.max value=8388608",
        "fact key=heap.committed value=1048576", "fact key=direct.reserved value=2048", "fact key=version value=25",
        "fact key=collector value=G1");
    assertThat(sample.detail("heap maximum")).isEqualTo("8.00 MB");
    assertThat(sample.detail("heap committed")).isEqualTo("1.00 MB");
    assertThat(sample.detail("heap never committed")).isEqualTo("7.00 MB");
    assertThat(sample.detail("heap in use")).isEqualTo("768 KB");
    assertThat(sample.detail("direct buffers")).isEqualTo("2.00 KB");
    assertThat(sample.report().target().version()).isEqualTo("25");
    assertThat(sample.report().target().collector()).isEqualTo("G1");
    assertThat(sample.report().target().runtime()).isEqualTo("HotSpot JVM");
  }

  @Test
  void goAndPythonNameTheirVersions() {
    assertThat(
        SampleCapture.of(GO).lines(ArtifactNames.GO, "runtime", "fact key=version value=go1.19").report().target()
            .version())
        .isEqualTo("go1.19");
    assertThat(SampleCapture.of(CPYTHON).lines(ArtifactNames.PYTHON, "runtime", "fact key=version value=3.11").report()
        .target().version()).isEqualTo("3.11");
    assertThat(SampleCapture.of(NATIVE).report().target().version()).isEmpty();
  }

  @Test
  void whatRssDoesNotCountIsToldOnlyWhereThereIsSome() {
    Report report = SampleCapture.of(NATIVE)
        .mapping("100000-200000 rw-p", "Rss 256 Swap 8 Locked 4 LazyFree 12 AnonHugePages 16 Shared_Hugetlb 20")
        .report();
    assertThat(report.details()).extracting(figure -> figure.what() + ": " + figure.value()).containsExactly(
        "mappings: 1", "in transparent huge pages: 16.0 KB", "hugetlb pages (not in RSS): 20.0 KB", "locked: 4.00 KB",
        "freed lazily (MADV_FREE): 12.0 KB", "swapped out: 8.00 KB");
    assertThat(SampleCapture.of(NATIVE).mapping("100000-200000 rw-p", "Rss 256").report().details()).hasSize(1);
  }

  @Test
  void whatLookingCostIsTold() {
    SampleCapture sample = SampleCapture.of(NATIVE).text(ArtifactNames.STATUS, "Name: x\nVmRSS: 100 kB\n")
        .text(ArtifactNames.STATUS_AFTER, "Name: x\nVmRSS: 104 kB\n");
    assertThat(sample.report().observer().rssDeltaBytes()).isEqualTo(4096);
    assertThat(sample.report().observer().millis()).isEqualTo(5);
    assertThat(SampleCapture.of(NATIVE).report().observer().rssDeltaBytes()).isZero();
  }

  @Test
  void absenceIsNoNewsAndRefusalIs() {
    Report report = SampleCapture.of(NATIVE).missing(ArtifactNames.SMAPS, Outcome.DENIED, "not permitted")
        .missing(ArtifactNames.HSPERFDATA, Outcome.ABSENT, "no such file").missing(ArtifactNames.GO, Outcome.DENIED, "")
        .report();
    assertThat(report.notes()).containsExactly("proc/smaps: not permitted");
  }

  @Test
  void whatCannotBeReadIsAProblem() {
    Report report = SampleCapture.of(NATIVE).text(ArtifactNames.MALLOC, "nonsense\n")
        .text(ArtifactNames.GO, "runtime\nfact key=only\n").report();
    assertThat(report.problems()).extracting(problem -> problem.artifact())
        .containsExactlyInAnyOrder(ArtifactNames.MALLOC, ArtifactNames.GO);
  }

  // scales

  @Test
  void theKernelsCountersStandSideBySide() {
    Scales scales = SampleCapture.of(NATIVE)
        .mapping("100000-200000 rw-p", "Rss 100 Pss 60 Private_Dirty 30 Private_Clean 10 Swap 8")
        .text(ArtifactNames.STATUS, "Name: x\nVmRSS: 999 kB\nRssAnon: 30 kB\nRssFile: 60 kB\nRssShmem: 10 kB\n")
        .report()
        .scales();
    assertThat(List.of(scales.rssBytes(), scales.pssBytes().orElse(0), scales.ussBytes().orElse(0),
        scales.swapBytes().orElse(0), scales.rssAnonBytes().orElse(0), scales.rssFileBytes().orElse(0),
        scales.rssShmemBytes().orElse(0)).stream().map(bytes -> bytes / 1024))
        .containsExactly(100L, 60L, 40L, 8L, 30L, 60L, 10L);
    assertThat(steps(scales)).containsExactly("RSS PSS -40", "PSS USS -20");
  }

  private static List<String> steps(Scales scales) {
    List<String> words = new ArrayList<>();
    scales.steps().forEach(step -> words.add(step.from() + " " + step.to() + " " + step.bytes() / 1024));
    return words;
  }

  @Test
  void withoutMappingsTheStatusCountsAndWithoutItTheStatLine() {
    Scales status = SampleCapture.of(NATIVE).text(ArtifactNames.STATUS, "Name: x\nVmRSS: 100 kB\nVmSwap: 8 kB\n")
        .report()
        .scales();
    assertThat(status.rssBytes()).isEqualTo(100 * 1024);
    assertThat(status.swapBytes()).hasValue(8 * 1024);
    assertThat(status.pssBytes()).isEmpty();
    assertThat(status.steps()).isEmpty();
    assertThat(SampleCapture.of(NATIVE)
        .text(ArtifactNames.STAT, "4711 (x) S 1 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 "
            + "100 10000 7 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n")
        .report().scales()
        .rssBytes()).isEqualTo(7 * 4096);
    assertThat(SampleCapture.of(NATIVE).report().scales().rssBytes()).isZero();
  }

  private static SampleCapture groupOfTwo() {
    return SampleCapture.of(NATIVE).mapping("100000-200000 rw-p", "Rss 512")
        .text(ArtifactNames.STATUS, "Name: x\nVmRSS: 512 kB\nRssAnon: 400 kB\n")
        .lines(ArtifactNames.CGROUP_LEVELS, "level n=0 version=2 path=/a/b", "level n=1 version=2 path=/a")
        .lines("cgroup/0/memory.current", "2097152").lines("cgroup/0/memory.max", "8388608")
        .lines("cgroup/0/memory.peak", "3145728").lines("cgroup/0/memory.events", "oom_kill 2")
        .lines("cgroup/0/memory.stat", "anon 819200", "file 1048576", "kernel 65536", "active_file 262144",
            "inactive_file 524288", "file_dirty 131072", "slab_reclaimable 16384")
        .lines("cgroup/1/memory.current", "4194304").lines("cgroup/1/memory.max", "6291456")
        .lines("cgroup/1/memory.stat", "active_file 1048576", "inactive_file 1048576")
        .lines(ArtifactNames.CGROUP_MEMBERS, "member pid=4711 name=sample rss=524288", "member pid=12 name=b rss=4096",
            "member pid=13 name=c rss=8192");
  }

  @Test
  void theGroupsOwnChargeAndTheTightestLimitAboveIt() {
    Scales.Group group = groupOfTwo().report().scales().group().orElseThrow();
    assertThat(group.version()).isEqualTo(2);
    assertThat(group.path()).isEqualTo("/a/b");
    assertThat(group.usageBytes()).hasValue(2 << 20);
    assertThat(group.workingSetBytes()).hasValue((2 << 20) - 524288);
    assertThat(group.kernelBytes()).hasValue(65536);
    assertThat(group.pageCacheBytes()).hasValue(1 << 20);
    assertThat(group.peakBytes()).hasValue(3 << 20);
    assertThat(group.oomKills()).hasValue(2);
    assertThat(group.limitPath()).isEqualTo("/a");
    assertThat(group.limitBytes()).hasValue(6 << 20);
    assertThat(group.reclaimableBytes()).hasValue(2 << 20);
    assertThat(group.headroomBytes()).hasValue(4 << 20);
    assertThat(group.others()).containsExactly("c (13), RSS 8.00 KB", "b (12), RSS 4.00 KB");
    assertThat(groupOfTwo().report().scales().killer())
        .isEqualTo("The group's charge counts, against a limit of 6.00 MB:"
            + " before the kernel kills, 4.00 MB more that can't be reclaimed may be charged.");
  }

  @Test
  void dirtyPagesAreNotReclaimableAndSlabIs() {
    Scales.Group group = groupOfTwo().lines("cgroup/1/memory.max", "max").report().scales().group().orElseThrow();
    assertThat(group.limitPath()).isEqualTo("/a/b");
    assertThat(group.reclaimableBytes()).hasValue(262144 + 524288 - 131072 + 16384);
    assertThat(group.headroomBytes()).hasValue((8 << 20) - (2 << 20) + 671744);
  }

  @Test
  void fromRssToTheGroupsChargeEveryStepIsNamed() {
    assertThat(steps(groupOfTwo().report().scales())).containsExactly("RSS PSS 0", "PSS USS -512", "RSS usage -112",
        "RSS usage 400", "RSS usage 1024", "RSS usage 224", "usage working set -512");
    long usage = groupOfTwo().report().scales().steps().stream().filter(step -> step.to().equals("usage"))
        .mapToLong(Scales.Step::bytes).sum();
    assertThat(512 * 1024 + usage).as("RSS and its steps make the usage").isEqualTo(2 << 20);
  }

  @Test
  void versionOneCountsTheHierarchy() {
    Scales.Group group = SampleCapture.of(NATIVE).mapping("100000-200000 rw-p", "Rss 512")
        .lines(ArtifactNames.CGROUP_LEVELS, "level n=0 version=1 path=/a")
        .lines("cgroup/0/memory.usage_in_bytes", "2097152").lines("cgroup/0/memory.limit_in_bytes", "8388608")
        .lines("cgroup/0/memory.kmem.usage_in_bytes", "4096")
        .lines("cgroup/0/memory.stat", "cache 1", "total_cache 1048576", "active_file 3", "total_active_file 262144",
            "inactive_file 5", "total_inactive_file 524288", "dirty 7", "total_dirty 131072")
        .report().scales().group().orElseThrow();
    assertThat(group.pageCacheBytes()).hasValue(1 << 20);
    assertThat(group.workingSetBytes()).hasValue((2 << 20) - 524288);
    assertThat(group.reclaimableBytes()).hasValue(262144 + 524288 - 131072);
    assertThat(group.kernelBytes()).hasValue(4096);
  }

  @Test
  void whoKillsIsSaidEvenWhereLittleIsKnown() {
    assertThat(SampleCapture.of(NATIVE).report().scales().killer()).startsWith("No memory group could be read");
    SampleCapture free = SampleCapture.of(NATIVE).mapping("100000-200000 rw-p", "Rss 512")
        .lines(ArtifactNames.CGROUP_LEVELS, "level n=0 version=2 path=/a").lines("cgroup/0/memory.current", "2097152");
    assertThat(free.report().scales().killer())
        .isEqualTo("No limit is set on its group: only the machine's memory bounds "
            + "it, and there RSS (512 KB) plus swap ranks the victims.");
    assertThat(free.text(ArtifactNames.MEMINFO, "MemTotal:       2048 kB\n").report().scales().killer())
        .contains("the machine's 2.00 MB");
    assertThat(free.lines("cgroup/0/memory.max", "8388608").report().scales().killer())
        .endsWith("a limit of 8.00 MB; the headroom can't be told.");
    assertThat(free.report().scales().group().orElseThrow().headroomBytes()).isEmpty();
    assertThat(free.report().scales().group().orElseThrow().workingSetBytes()).isEmpty();
    assertThat(steps(free.report().scales())).hasSize(2);
  }
}
