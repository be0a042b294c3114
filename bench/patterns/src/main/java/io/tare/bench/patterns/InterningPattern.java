package io.tare.bench.patterns;

import com.github.benmanes.caffeine.cache.Interner;
import io.tare.kit.text.ByteInterner;
import io.tare.kit.text.StringInterner;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** One name out of a thousand known ones, found from the bytes of a line. */
public class InterningPattern extends PatternBenchmark {
  private static final int NAMES = 1_024;
  private final byte[][] lines = new byte[NAMES][];
  private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();
  private final Interner<String> caffeine = Interner.newWeakInterner();
  private final StringInterner strings = StringInterner.upTo(4 * NAMES);
  private final ByteInterner bytes = ByteInterner.upTo(1 << 20);
  private int next;

  @Setup
  public void prepare() {
    for (int i = 0; i < NAMES; i++) {
      lines[i] = String.format("customer-%07d", i * 7919).getBytes(StandardCharsets.US_ASCII);
    }
  }

  @Benchmark
  public String newStringEachTime() {
    return decode();
  }

  @Benchmark
  public String stringIntern() {
    return decode().intern();
  }

  @Benchmark
  public String concurrentHashMap() {
    String name = decode();
    String known = map.putIfAbsent(name, name);
    return known == null ? name : known;
  }

  @Benchmark
  public String caffeineWeak() {
    return caffeine.intern(decode());
  }

  @Benchmark
  public String kitStrings() {
    byte[] line = line();
    return strings.intern(line, 0, line.length);
  }

  @Benchmark
  public int kitBytes() {
    byte[] line = line();
    return bytes.intern(line, 0, line.length);
  }

  private byte[] line() {
    return lines[next++ & NAMES - 1];
  }

  private String decode() {
    return new String(line(), StandardCharsets.UTF_8);
  }
}
