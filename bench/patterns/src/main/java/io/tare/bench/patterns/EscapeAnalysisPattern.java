package io.tare.bench.patterns;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/** Small objects that live for one call: does the JIT remove them, or is rewriting them by hand worth it? */
public class EscapeAnalysisPattern extends PatternBenchmark {
  private record Point(int x, int y) {
    Point plus(Point other) {
      return new Point(x + other.x, y + other.y);
    }
  }

  private final List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
  private final int[] plain = IntStream.range(0, 100).toArray();
  private int a = 3;
  private int b = 4;
  private boolean odd;

  @Benchmark
  public int recordReturned() {
    return new Point(a, b).plus(new Point(b, a)).x();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = {"-Xms256m", "-Xmx512m", "-XX:+UseG1GC", "-XX:-DoEscapeAnalysis"})
  public int recordReturnedWithoutEscapeAnalysis() {
    return new Point(a, b).plus(new Point(b, a)).x();
  }

  @Benchmark
  public int fieldsByHand() {
    return a + b;
  }

  @Benchmark
  public int optionalReturned() {
    return find().map(i -> i + 1).orElse(0);
  }

  @Benchmark
  public int optionalIntReturned() {
    OptionalInt found = a > 2 ? OptionalInt.of(a + 1_000) : OptionalInt.empty();
    return found.isPresent() ? found.getAsInt() + 1 : 0;
  }

  @Benchmark
  public int mergedOnTwoPaths() {
    odd = !odd;
    Point point = odd ? new Point(a, b) : new Point(b, a);
    return point.plus(point).x();
  }

  @Benchmark
  public int capturingLambda() {
    int local = a;
    return apply(() -> local + b);
  }

  @Benchmark
  public int loopForEach() {
    int sum = 0;
    for (int number : numbers) {
      sum += number;
    }
    return sum;
  }

  @Benchmark
  public int loopStream() {
    return numbers.stream().mapToInt(Integer::intValue).sum();
  }

  @Benchmark
  public int loopArray() {
    int sum = 0;
    for (int number : plain) {
      sum += number;
    }
    return sum;
  }

  private Optional<Integer> find() {
    return a > 2 ? Optional.of(a + 1_000) : Optional.empty();
  }

  private static int apply(java.util.function.IntSupplier supplier) {
    return supplier.getAsInt();
  }
}
