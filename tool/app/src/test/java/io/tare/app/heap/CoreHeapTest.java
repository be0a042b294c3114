package io.tare.app.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Cost;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A core file's heap is told by class as it was counted, and what the file could not tell is said. */
class CoreHeapTest {
  private static final List<TypeCount> TYPES = List.of(new TypeCount("byte[]", "", 5, 4096),
      new TypeCount("app.Order", "", 3, 72));

  private static TypeCensus census(Truth truth, long unparsedBytes) {
    return new TypeCensus("HotSpot", truth, 1, TYPES, unparsedBytes, new Cost(1, 1, 1, 1));
  }

  private static List<String> problems(HeapHistogram histogram) {
    return histogram.problems().stream().map(Problem::message).toList();
  }

  @Test
  void aWholeFileTellsItsClassesAndNothingElse() {
    HeapHistogram histogram = CoreHeap.histogram(Parsed.of(census(Truth.CONSISTENT, 0)), 0);
    assertThat(histogram.lines()).containsExactly(new HistogramLine("byte[]", 5, 4096, OptionalLong.empty()),
        new HistogramLine("app.Order", 3, 72, OptionalLong.empty()));
    assertThat(histogram.problems()).isEmpty();
  }

  @Test
  void whatIsMissingIsSaidWithItsNumbers() {
    Problem earlier = new Problem("memory/types", "0x10", "no such class");
    HeapHistogram histogram = CoreHeap.histogram(
        new Parsed<>(census(Truth.APPROXIMATE, 3 << 20), List.of(earlier)), 2 << 20);
    assertThat(histogram.problems()).hasSize(4).first().isEqualTo(earlier);
    assertThat(problems(histogram)).anyMatch(words -> words.contains("its last 2.00 MB are missing"))
        .anyMatch(words -> words.startsWith("3.00 MB of the heap could not be told apart"))
        .anyMatch(words -> words.startsWith("a collection was at work"));
    assertThat(problems(CoreHeap.histogram(Parsed.of(census(Truth.CONSISTENT, 1)), 0))).singleElement().asString()
        .startsWith("1 B of the heap");
    assertThat(problems(CoreHeap.histogram(Parsed.of(census(Truth.CONSISTENT, 0)), 1))).singleElement().asString()
        .contains("its last 1 B are missing");
  }
}
