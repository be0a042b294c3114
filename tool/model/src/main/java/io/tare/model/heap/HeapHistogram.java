package io.tare.model.heap;

import io.tare.model.Problem;
import java.util.List;
import java.util.OptionalLong;

/** What a dump holds by class, the heaviest first, whether reachable or not: the quick answer. */
public record HeapHistogram(List<HistogramLine> lines, List<Problem> problems) {
  public HeapHistogram {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
  }

  public long objects() {
    return lines.stream().mapToLong(HistogramLine::objects).sum();
  }

  public long shallowBytes() {
    return lines.stream().mapToLong(HistogramLine::shallowBytes).sum();
  }

  /**
   * The objects of one class, package or class loader.
   *
   * @param retainedBytes what would be free without all of them; empty if it was not computed
   */
  public record HistogramLine(String name, long objects, long shallowBytes, OptionalLong retainedBytes) {}
}
