package io.tare.ledger;

import static io.tare.model.capture.RuntimeKind.BEAM;
import static io.tare.model.capture.RuntimeKind.CPYTHON;
import static io.tare.model.capture.RuntimeKind.DOTNET;
import static io.tare.model.capture.RuntimeKind.MARIADB;
import static io.tare.model.capture.RuntimeKind.MYSQL;
import static io.tare.model.capture.RuntimeKind.PHP;
import static io.tare.model.capture.RuntimeKind.V8;
import static io.tare.model.ledger.Account.PYTHON_ARENAS;
import static io.tare.model.ledger.Account.PYTHON_IDLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.ArtifactNames;
import io.tare.model.ledger.ByteRange;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a few lines of evidence to the ledger: who gets which bytes of V8's spaces and CPython's arenas. */
class ScriptsLedgerTest {
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

  @Test
  void ofTheHeapOfPhpWhatHoldsNothingIsIdleAndNoPartOfNet() {
    SampleCapture sample = SampleCapture.of(PHP).mapping("200000-400000 rw-p", "Rss 2048").lines(
        ArtifactNames.SCRIPT_HEAP, "runtime", "range name=chunks start=200000 end=400000",
        "fact key=chunks.idle.resident value=1044480", "fact key=chunks.heads.resident value=4096");
    assertThat(sample.ledger()).containsExactly("script.heap chunks 1024 measured", "script.idle chunks 1020 measured",
        "script.overhead 4 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(ByteRange.exactly(1 << 20));
  }

  @Test
  void ofTheHeapOfDotnetWhatHoldsNoObjectIsIdleAndCompiledCodeHasAnAccount() {
    SampleCapture sample = SampleCapture.of(DOTNET).mapping("200000-400000 rw-p", "Rss 2048")
        .mapping("600000-700000 rwxp", "Rss 512")
        .mapping("700000-800000 rw-s /memfd:doublemapper (deleted)", "Rss 256")
        .mapping("800000-900000 r-xs /memfd:doublemapper (deleted)", "Rss 128")
        .mapping("1000000-5000000 rw-p", "Rss 65536").lines(
            ArtifactNames.DOTNET, "runtime", "range name=small%20objects start=200000 end=400000",
            "range name=free%20regions start=1000000 end=5000000", "fact key=version value=8.0.34",
            "fact key=small%20objects.used value=1572864", "fact key=small%20objects.committed value=2097152",
            "fact key=small%20objects.idle.resident value=524288", "fact key=free%20regions.used value=0",
            "fact key=free%20regions.idle.resident value=67108864");
    assertThat(sample.ledger()).containsExactly("dotnet.idle free regions 65536 measured",
        "dotnet.heap small objects 1536 measured", "dotnet.code 896 derived", "dotnet.idle small objects 512 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(ByteRange.exactly(1536 << 10));
    assertThat(sample.report().details()).contains(new Figure(".NET: GC.GetTotalMemory", "1.50 MB"),
        new Figure(".NET: small objects", "1.50 MB in use of 2.00 MB taken"));
    assertThat(sample.report().verdicts()).anyMatch(verdict -> verdict.rule().equals("runtime-idle")
        && verdict instanceof Verdict.Yes yes && yes.summary().startsWith("64.5 MB"));
  }

  @ParameterizedTest
  @CsvSource({"3.1.2, Forced, false", "6.0.36, Forced, true", "7.0.0, Aggressive, true", "10.0.1, Aggressive, true",
      "?, Aggressive, true"})
  void whatDotnetDoesNotKnowYetIsNotAdvised(String version, String mode, boolean conserves) {
    SampleCapture sample = SampleCapture.of(DOTNET).mapping("200000-4200000 rw-p", "Rss 65536").lines(
        ArtifactNames.DOTNET,
        "runtime", "range name=small%20objects start=200000 end=4200000", "fact key=version value=" + version,
        "fact key=small%20objects.used value=1048576", "fact key=small%20objects.idle.resident value=60000000");
    Verdict.Yes idle = (Verdict.Yes) sample.report().verdicts().stream()
        .filter(verdict -> verdict.rule().equals("runtime-idle")).findFirst().orElseThrow();
    List<String> expected = new ArrayList<>(List.of("GC.Collect(2, GCCollectionMode." + mode + ", true, true)"));
    if (conserves) {
      expected.add("DOTNET_GCConserveMemory=5");
    }
    assertThat(idle.remedies()).extracting(Remedy::how).containsExactlyElementsOf(expected);
  }

  @Test
  void ofAHeapOfDotnetThatDoesNotTellNothingIsInUseForSure() {
    SampleCapture sample = SampleCapture.of(DOTNET).mapping("200000-400000 rw-p", "Rss 2048").lines(
        ArtifactNames.DOTNET, "runtime", "range name=small%20objects start=200000 end=400000");
    assertThat(sample.ledger()).containsExactly("dotnet.unsplit small objects 2048 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(new ByteRange(0, 2 << 20));
    assertThat(sample.report().verdicts()).anyMatch(verdict -> verdict.rule().equals("dotnet-heap")
        && verdict instanceof Verdict.CannotTell);
  }

  @Test
  void ofMySqlItIsSaidThatItsPoolIsNotToldApart() {
    SampleCapture sample = SampleCapture.of(MYSQL).mapping("200000-400000 rw-p", "Rss 2048");
    assertThat(sample.report().verdicts()).anyMatch(verdict -> verdict.rule().equals("database-pool")
        && verdict instanceof Verdict.CannotTell unknown && unknown.summary().contains("MySQL's buffer pool"));
  }

  @Test
  void ofCarriersOfErlangThatDoNotTellNothingIsInUseForSure() {
    SampleCapture sample = SampleCapture.of(BEAM).mapping("200000-400000 rw-p", "Rss 2048").lines(
        ArtifactNames.SCRIPT_HEAP, "runtime", "range name=carriers start=200000 end=400000");
    assertThat(sample.ledger()).containsExactly("script.unsplit carriers 2048 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(new ByteRange(0, 2 << 20));
  }

  @Test
  void erlangsCodeIsThereOnceThoughItIsMappedTwice() {
    SampleCapture sample = SampleCapture.of(BEAM)
        .mapping("200000-400000 rw-s /memfd:vmem (deleted)", "Rss 1024 Pss 512")
        .mapping("400000-600000 r-xs /memfd:vmem (deleted)", "Rss 1000 Pss 500");
    assertThat(sample.ledger()).containsExactly("script.code 1024 measured", "script.duplicate 1000 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(ByteRange.exactly(0));
  }

  @Test
  void whatAnotherProcessMapsOfErlangsCodeTooDoesNotMakeItLess() {
    SampleCapture sample = SampleCapture.of(BEAM)
        .mapping("200000-400000 rw-s /memfd:vmem (deleted)", "Rss 1024 Pss 256")
        .mapping("400000-600000 r-xs /memfd:vmem (deleted)", "Rss 1024 Pss 256");
    assertThat(sample.ledger()).containsExactly("script.code 1024 measured", "script.duplicate 1024 measured");
  }

  @Test
  void ofEachMemoryFileOfErlangsCodeTheViewsAreCompared() {
    SampleCapture sample = SampleCapture.of(BEAM)
        .mapping("200000-400000 rw-s /memfd:vmem (deleted)", "Rss 1024 Pss 0", 7)
        .mapping("400000-600000 rw-s /memfd:vmem (deleted)", "Rss 512 Pss 0", 8);
    assertThat(sample.ledger()).containsExactly("script.code 1536 measured");
  }

  @Test
  void memoryThatErlangWritesAndRunsIsItsCode() {
    SampleCapture sample = SampleCapture.of(BEAM).mapping("200000-400000 rwxp", "Rss 1024");
    assertThat(sample.ledger()).containsExactly("script.code 1024 measured");
    assertThat(SampleCapture.of(PHP).mapping("200000-400000 rwxp", "Rss 1024").ledger())
        .containsExactly("anonymous 1024 inferred");
    assertThat(SampleCapture.of(PHP).mapping("200000-400000 rw-s /memfd:vmem", "Rss 1024").ledger())
        .containsExactly("shared /memfd:vmem 1024 measured");
  }

  @Test
  void ofABufferPoolFreePagesAreIdleAndItsCountsStandInTheDetails() {
    SampleCapture sample = SampleCapture.of(MARIADB).mapping("10000000-14000000 rw-p", "Rss 65536").lines(
        ArtifactNames.DATABASE, "runtime", "range name=pool start=10000000 end=14000000",
        "fact key=pool.idle.resident value=16777216", "fact key=pool.heads.resident value=655360",
        "fact key=pages value=507", "fact key=pages.data value=180", "fact key=pages.free value=327",
        "fact key=pages.dirty value=11", "fact key=page.bytes value=16384");
    assertThat(sample.ledger()).containsExactly("database.pool 48512 measured",
        "database.idle 16384 measured", "database.overhead 640 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(ByteRange.exactly(48512 << 10));
    assertThat(sample.report().details()).contains(new Figure("InnoDB's buffer pool",
        "180 of 507 pages of 16.0 KB hold data, 11 of them changed and not written yet; 327 are free"));
    assertThat(sample.report().verdicts()).anyMatch(verdict -> verdict.rule().equals("database-pool")
        && verdict instanceof Verdict.Yes yes && yes.summary().contains("74 %")
        && yes.remedies().size() == 1);
  }

  @Test
  void ofABufferPoolWithMuchRoomTheSizeThatItsPagesTakeIsNamed() {
    SampleCapture sample = SampleCapture.of(MARIADB).mapping("10000000-14000000 rw-p", "Rss 65536").lines(
        ArtifactNames.DATABASE, "runtime", "range name=pool start=10000000 end=14000000",
        "fact key=pool.committed value=67108864", "fact key=pool.used value=20000000",
        "fact key=pool.idle.resident value=16777216", "fact key=pool.heads.resident value=655360");
    assertThat(sample.report().verdicts()).anyMatch(verdict -> verdict instanceof Verdict.Yes yes
        && yes.remedies().getLast().how().equals("SET GLOBAL innodb_buffer_pool_size=25165824"));
  }

  @Test
  void ofABufferPoolThatDoesNotTellNothingIsInUseForSure() {
    SampleCapture sample = SampleCapture.of(MARIADB).mapping("800000-1000000 rw-p", "Rss 4096").lines(
        ArtifactNames.DATABASE, "runtime", "range name=pool start=800000 end=1000000");
    assertThat(sample.ledger()).containsExactly("database.unsplit 4096 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(new ByteRange(0, 4 << 20));
  }

  @Test
  void ofAMappedFileItsLengthAndWhatOfItIsOnTheDiskStandBesideWhatIsResident() {
    SampleCapture sample = SampleCapture.of(PHP)
        .mapping("200000-600000 rw-s /var/data", "Rss 3072 Private_Dirty 1024 Private_Clean 2048 Referenced 512")
        .lines(ArtifactNames.MAPPED_FILES, "file path=/var/data length=8388608 allocated=2097152");
    assertThat(sample.report().details()).contains(new Figure("file /var/data",
        "8.00 MB long, 2.00 MB on disk; mapped 4.00 MB, resident 3.00 MB, dirty 1.00 MB, used lately 512 KB"));
  }

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
  void pythonsBlocksInUseAloneAreItsObjectsAndNet() {
    SampleCapture sample = SampleCapture.of(CPYTHON).mapping("100000-200000 rw-p", "Rss 1024").lines(
        ArtifactNames.PYTHON, "runtime", "range name=arena start=100000 end=200000",
        "fact key=blocks.confidence value=measured", "fact key=pools.unused.resident value=65536",
        "fact key=blocks.free.resident value=524288", "fact key=overhead.resident value=16384");
    assertThat(sample.ledger()).containsExactly("python.idle in used pools 512 measured",
        "python.arenas 432 measured", "python.idle whole pools 64 measured", "python.overhead 16 measured");
    assertThat(sample.report().net().orElseThrow().bytes()).isEqualTo(ByteRange.exactly(432 << 10));
  }
}
