package io.tare.model.heap;

import io.tare.model.Problem;
import java.util.List;

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
}
