package io.tare.bench.patterns;

import com.carrotsearch.hppc.LongObjectHashMap;
import io.tare.kit.Presized;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A collection that grows against one that has its size from the start. */
public class PreallocationPattern extends PatternBenchmark {
  @Param({"1000"})
  int size;
  private Long[] keys;

  @Setup
  public void prepare() {
    keys = IntStream.range(0, size).mapToObj(i -> i * 7919L).toArray(Long[]::new);
  }

  @Benchmark
  public List<Long> listGrows() {
    return fill(new ArrayList<>());
  }

  @Benchmark
  public List<Long> listPresized() {
    return fill(new ArrayList<>(size));
  }

  @Benchmark
  public Map<Long, Long> mapGrows() {
    return fill(new HashMap<>());
  }

  @Benchmark
  public Map<Long, Long> mapWithCapacityOfSize() {
    return fill(new HashMap<>(size));
  }

  @Benchmark
  public Map<Long, Long> mapKit() {
    return fill(Presized.hashMap(size));
  }

  @Benchmark
  public LongObjectHashMap<Long> mapHppc() {
    LongObjectHashMap<Long> map = new LongObjectHashMap<>(size);
    for (Long key : keys) {
      map.put(key, key);
    }
    return map;
  }

  private List<Long> fill(List<Long> list) {
    for (Long key : keys) {
      list.add(key);
    }
    return list;
  }

  private Map<Long, Long> fill(Map<Long, Long> map) {
    for (Long key : keys) {
      map.put(key, key);
    }
    return map;
  }
}
