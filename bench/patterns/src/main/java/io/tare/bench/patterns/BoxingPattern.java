package io.tare.bench.patterns;

import com.carrotsearch.hppc.IntArrayList;
import com.carrotsearch.hppc.IntIntHashMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.agrona.collections.Int2IntHashMap;
import org.openjdk.jmh.annotations.Benchmark;

/** A thousand ints through collections and interfaces that box them, and through ones that do not. */
public class BoxingPattern extends PatternBenchmark {
  private static final int SIZE = 1_000;
  private static final int BASE = 100_000;
  private final UnaryOperator<Integer> boxedStep = i -> i + 1;
  private final IntUnaryOperator plainStep = i -> i + 1;

  @Benchmark
  public List<Integer> listBoxed() {
    List<Integer> list = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      list.add(BASE + i);
    }
    return list;
  }

  @Benchmark
  public int[] listIntStream() {
    IntStream.Builder builder = IntStream.builder();
    for (int i = 0; i < SIZE; i++) {
      builder.add(BASE + i);
    }
    return builder.build().toArray();
  }

  @Benchmark
  public org.agrona.collections.IntArrayList listAgrona() {
    org.agrona.collections.IntArrayList list = new org.agrona.collections.IntArrayList();
    for (int i = 0; i < SIZE; i++) {
      list.addInt(BASE + i);
    }
    return list;
  }

  @Benchmark
  public IntArrayList listHppc() {
    IntArrayList list = new IntArrayList();
    for (int i = 0; i < SIZE; i++) {
      list.add(BASE + i);
    }
    return list;
  }

  @Benchmark
  public HashMap<Integer, Integer> mapBoxed() {
    HashMap<Integer, Integer> map = new HashMap<>();
    for (int i = 0; i < SIZE; i++) {
      map.merge(BASE + i % 500, 1, Integer::sum);
    }
    return map;
  }

  @Benchmark
  public Int2IntHashMap mapAgrona() {
    Int2IntHashMap map = new Int2IntHashMap(0);
    for (int i = 0; i < SIZE; i++) {
      int key = BASE + i % 500;
      map.put(key, map.get(key) + 1);
    }
    return map;
  }

  @Benchmark
  public IntIntHashMap mapHppc() {
    IntIntHashMap map = new IntIntHashMap();
    for (int i = 0; i < SIZE; i++) {
      map.addTo(BASE + i % 500, 1);
    }
    return map;
  }

  @Benchmark
  public int interfaceBoxed() {
    int value = BASE;
    for (int i = 0; i < SIZE; i++) {
      value = boxedStep.apply(value);
    }
    return value;
  }

  @Benchmark
  public int interfacePlain() {
    int value = BASE;
    for (int i = 0; i < SIZE; i++) {
      value = plainStep.applyAsInt(value);
    }
    return value;
  }
}
