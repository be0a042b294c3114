package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.WasteLine;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  @TempDir
  Path folder;

  private HeapSummary analyse(DumpBuilder dump) throws Exception {
    return HeapAnalysis.analyse(
        dump.writeTo(folder.resolve("dump.hprof")), HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE);
  }

  @Test
  void whatIsOnlyWeaklyReachableIsUnreachable() throws Exception {
    assertThat(analyse(SmallHeap.dump(8)).unreachable().objects()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void theListIsASuspectThatNamesItsStaticField() throws Exception {
    HeapSummary summary = analyse(SmallHeap.dump(8));
    assertThat(summary.suspects()).anySatisfy(suspect -> {
      assertThat(suspect.holder()).contains("static field app.Holder.CHAIN");
      assertThat(suspect.piledUpClass()).isEqualTo("app.Node");
      assertThat(suspect.piledUpObjects()).isEqualTo(20);
    });
  }

  @Test
  void repeatedTextsAndEmptyListsAreWaste() throws Exception {
    HeapSummary summary = analyse(SmallHeap.dump(8));
    assertThat(summary.waste()).extracting(WasteLine::kind)
        .contains("duplicate strings", "duplicate string", "empty collections", "repeated boxed numbers");
    assertThat(summary.waste()).anyMatch(line -> line.kind().equals("duplicate string") && line.what().equals("twice"));
  }

  @Test
  void aThreadHoldsItsLocalsByFrame() throws Exception {
    HeapSummary summary = analyse(SmallHeap.dump(8));
    assertThat(summary.threads()).singleElement().satisfies(thread -> {
      assertThat(thread.name()).isEqualTo("worker-3");
      assertThat(thread.frames()).hasSize(2);
      assertThat(thread.frames().getFirst().locals()).singleElement()
          .satisfies(local -> assertThat(local.className()).isEqualTo("byte[]"));
    });
  }

  @Test
  void shallowBytesOfAllClassesAreThoseOfTheHeap() throws Exception {
    HeapSummary summary = analyse(SmallHeap.dump(8));
    assertThat(summary.byClass().stream().mapToLong(HistogramLine::shallowBytes).sum())
        .isEqualTo(summary.reached().shallowBytes());
  }

  @Test
  void aBudgetOfNothingGivesTheSameAnswerFromTemporaryFiles() throws Exception {
    Path dump = SmallHeap.dump(8).writeTo(folder.resolve("dump.hprof"));
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    HeapSummary inMemory = HeapAnalysis.analyse(dump, options, HeapProgress.NONE);
    assertThat(HeapAnalysis.analyse(dump, options.withMemory(0), HeapProgress.NONE)).isEqualTo(inMemory);
  }

  @Test
  void addressesFarApartAreFoundToo() throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8);
    long object = dump.addClass("java.lang.Object", 0);
    for (int i = 0; i < 3000; i++) {
      dump.skipAddressesTo(0x10_0000_0000L + i * 0x4000_0000_0000L / 3000);
      dump.root(io.tare.heap.hprof.HeapVisitor.Root.Kind.JNI_GLOBAL, dump.instance(object));
    }
    assertThat(analyse(dump).reached().objects()).isEqualTo(3001);
  }

  @Test
  void aListOfAMillionNodesNeedsNoStack() throws Exception {
    DumpBuilder dump = DumpBuilder.withIdsOf(8).objectsPerSegment(100_000);
    long node = dump.addClass("app.Node", 0, DumpBuilder.reference("next"));
    long chain = 0;
    for (int i = 0; i < 300_000; i++) {
      chain = dump.instance(node, chain);
    }
    dump.root(io.tare.heap.hprof.HeapVisitor.Root.Kind.JNI_GLOBAL, chain);
    HeapSummary summary = analyse(dump);
    assertThat(summary.suspects()).first().satisfies(
        suspect -> assertThat(suspect.piledUpObjects()).isEqualTo(300_000));
  }
}
