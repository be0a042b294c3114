package io.tare.junit;

import io.tare.probe.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Work that does no harm but looks like it: each object of this class is fresh, and its work is run by a guard. */
final class InnocentWork {
  private final Map<Integer, String> cache = new HashMap<>();
  private final ConcurrentHashMap<String, byte[]> concurrent = new ConcurrentHashMap<>();
  private final List<Integer> reused = new ArrayList<>();
  private int calls;
  private int sum;

  /** Work that leaves nothing behind, though it allocates, links and loads. */
  List<Work<Exception>> leavingNothing() {
    return List.of(this::warmingCache, this::switchOnStrings, this::lambdas, this::classLoading, this::garbage,
        this::formatting,
        this::threadThatEnds, this::concurrentCache);
  }

  /** Work that allocates nothing once it is warm. */
  List<Work<Exception>> allocatingNothing() {
    return List.of(this::switchOnStrings, this::lambdaWithoutCapture, this::reusedCollection, this::escapeFree,
        this::arithmetic, this::lookup);
  }

  private void warmingCache() {
    cache.computeIfAbsent(calls++ % 40, key -> "value " + key);
  }

  private void concurrentCache() {
    concurrent.computeIfAbsent("key" + calls++ % 30, key -> new byte[100]);
  }

  private void switchOnStrings() {
    sum += switch (NAMES[calls++ & 3]) {
      case "alpha" -> 1;
      case "beta" -> 2;
      case "gamma" -> 3;
      default -> 4;
    };
  }

  private static final String[] NAMES = {"alpha", "beta", "gamma", "delta"};

  private void lambdas() {
    int captured = calls++;
    sum += IntStream.range(0, 20).map(i -> i + captured).filter(i -> i % 3 == 0).sum();
  }

  private void lambdaWithoutCapture() {
    sum += apply(i -> i * 31);
  }

  private int apply(IntUnaryOperator operator) {
    return operator.applyAsInt(calls++);
  }

  /** A JDK class or two that nobody needed before, another one each time. */
  private void classLoading() throws ClassNotFoundException {
    Class.forName(RARE_CLASSES[calls++ % RARE_CLASSES.length]);
  }

  private static final String[] RARE_CLASSES = {"java.util.zip.Deflater", "java.util.Currency",
      "java.text.ChoiceFormat", "java.util.BitSet",
      "java.util.concurrent.Phaser", "java.util.concurrent.Exchanger", "java.util.WeakHashMap", "java.net.IDN",
      "java.text.Collator",
      "java.util.zip.Adler32", "java.util.concurrent.locks.StampedLock", "java.security.SecureRandom"};

  private void garbage() {
    sum += new byte[10_000 + calls++ % 100].length;
  }

  private void formatting() {
    sum += String.format("%d of %s, %.2f", calls++, "many", calls / 3.0).length();
  }

  private void threadThatEnds() throws InterruptedException {
    Thread thread = new Thread(() -> sum++);
    thread.start();
    if (calls++ % 2 == 0) {
      thread.join();
    }
  }

  private void reusedCollection() {
    reused.clear();
    for (int i = 0; i < 100; i++) {
      reused.add(i);
    }
    sum += reused.size();
  }

  private record Pair(int left, int right) {}

  private void escapeFree() {
    Pair pair = new Pair(calls++, sum);
    sum += pair.left ^ pair.right;
  }

  private void arithmetic() {
    sum = sum * 31 + calls++;
  }

  private void lookup() {
    sum += TABLE.get(NAMES[calls++ & 3]).length();
  }

  private static final Map<String, String> TABLE = Map.of("alpha", "a", "beta", "b", "gamma", "c", "delta", "d");
}
