package io.tare.bench.patterns;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;

/** A hundred items joined with commas, and three values joined once. */
public class ConcatenationPattern extends PatternBenchmark {
  private final List<String> items = IntStream.range(0, 100).mapToObj(i -> "item-" + i).toList();
  private int id = 4711;
  private String name = "tare";

  @Benchmark
  public String loopNaive() {
    String result = "";
    for (String item : items) {
      result += item + ", ";
    }
    return result;
  }

  @Benchmark
  public String loopBuilder() {
    return append(new StringBuilder());
  }

  @Benchmark
  public String loopBuilderPresized() {
    int length = 0;
    for (String item : items) {
      length += item.length() + 2;
    }
    return append(new StringBuilder(length));
  }

  @Benchmark
  public String loopJoin() {
    return String.join(", ", items);
  }

  @Benchmark
  public String loopCollector() {
    return items.stream().collect(Collectors.joining(", "));
  }

  @Benchmark
  public String oncePlus() {
    return "id=" + id + " name=" + name;
  }

  @Benchmark
  public String onceBuilder() {
    return new StringBuilder().append("id=").append(id).append(" name=").append(name).toString();
  }

  @Benchmark
  public String onceFormat() {
    return String.format("id=%d name=%s", id, name);
  }

  private String append(StringBuilder builder) {
    for (String item : items) {
      builder.append(item).append(", ");
    }
    return builder.toString();
  }
}
