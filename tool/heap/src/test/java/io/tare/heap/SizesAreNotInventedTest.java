package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapSummary;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A class with one field: 16 bytes by the layout. What the distances between its objects say of that depends on what they may hide. */
class SizesAreNotInventedTest {
  private static final long BASE = 0x100000;
  private static final int OBJECTS = 60;

  @TempDir
  Path folder;

  private HeapSummary analyse(DumpBuilder dump) throws Exception {
    return HeapAnalysis.analyse(dump.writeTo(folder.resolve("dump.hprof")),
        HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE);
  }

  /** Sixty objects, so far apart; in the order of references two neighbours stand together, and the next two lie lower. */
  private DumpBuilder apart(int bytes, boolean inOrder) {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long value = dump.addClass("app.Value", dump.addClass("java.lang.Object", 0), DumpBuilder.number("number"));
    for (int i = 0; i < OBJECTS; i++) {
      int place = inOrder ? i : OBJECTS - 2 - i / 2 * 2 + i % 2;
      dump.root(Root.Kind.JNI_GLOBAL, dump.instanceAt(BASE + (long) place * bytes, value, i));
    }
    return dump;
  }

  private static long bytesOfOne(Stream<HistogramLine> lines) {
    HistogramLine line = lines.filter(known -> known.name().equals("app.Value")).findFirst().orElseThrow();
    assertThat(line.objects()).isEqualTo(OBJECTS);
    return line.shallowBytes() / OBJECTS;
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 280, 656})
  void whatADumpInTheOrderOfReferencesLeavesOutIsNoPartOfAnObject(int apart) throws Exception {
    HeapSummary summary = analyse(apart(apart, false));
    assertThat(bytesOfOne(summary.byClass().stream())).isEqualTo(16);
    assertThat(summary.dump().layout()).doesNotContain("measured");
    Path dump = folder.resolve("dump.hprof");
    assertThat(bytesOfOne(
        HeapAnalysis.histogram(dump, HeapOptions.usual(), HeapProgress.NONE).lines().stream())).isEqualTo(16);
  }

  @Test
  void whereNothingCanLieBetweenTheDistanceIsTheSizeAndIsReported() throws Exception {
    HeapSummary summary = analyse(apart(280, true));
    assertThat(bytesOfOne(summary.byClass().stream())).isEqualTo(280);
    assertThat(summary.dump().layout())
        .endsWith("1 class is of another size than their fields say, measured by the distance"
            + " to the next object: app.Value has 280 bytes, not 16, as 0x100000 shows");
  }

  /** Three objects of a class, so far from what follows each, among others that stand close together. */
  @ParameterizedTest
  @CsvSource({"16, 16", "48, 16", "120, 16", "144, 144"})
  void garbageBehindAFewObjectsIsNoPartOfThemAndPaddingIs(int distance, int bytes) throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long object = dump.addClass("java.lang.Object", 0);
    long few = dump.addClass("app.Few", object, DumpBuilder.number("number"));
    long value = dump.addClass("app.Value", object, DumpBuilder.number("number"));
    long at = BASE;
    for (int i = 0; i < OBJECTS; i++) {
      boolean isOfFew = i % 20 == 10;
      dump.root(Root.Kind.JNI_GLOBAL, dump.instanceAt(at, isOfFew ? few : value, i));
      at += isOfFew ? distance : 16;
    }
    HistogramLine line = analyse(dump).byClass().stream().filter(known -> known.name().equals("app.Few")).findFirst()
        .orElseThrow();
    assertThat(line.objects()).isEqualTo(3);
    assertThat(line.shallowBytes()).isEqualTo(3L * bytes);
  }

  @Test
  void theNextObjectInMemoryIsTheEndWhateverTheFileHasNext() throws Exception {
    DumpBuilder dump = apart(280, true);
    // Written last, they lie between the others: what looked like one object in the file were two.
    for (int i = 0; i < OBJECTS; i++) {
      dump.root(Root.Kind.JNI_GLOBAL, dump.addClass(BASE + i * 280L + 104, "app.Between" + i, 0, 0, java.util.List.of(),
          java.util.List.of()));
    }
    assertThat(bytesOfOne(analyse(dump).byClass().stream())).isEqualTo(16);
  }
}
