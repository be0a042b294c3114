package io.tare.bench.patterns;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;

/** The same garbage under several collectors and heap sizes: what a setting changes is time, never the bytes. */
public class GcSettingsPattern extends PatternBenchmark {
  private final byte[][] window = new byte[4_096][];
  private int next;

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = {"-Xmx128m", "-XX:+UseSerialGC"})
  public byte[] serial128m() {
    return produce();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
  public byte[] serial512m() {
    return produce();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = {"-Xmx128m", "-XX:+UseG1GC"})
  public byte[] g1With128m() {
    return produce();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = {"-Xmx512m", "-XX:+UseG1GC"})
  public byte[] g1With512m() {
    return produce();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = {"-Xmx512m", "-XX:+UseParallelGC"})
  public byte[] parallel512m() {
    return produce();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = {"-Xmx512m", "-XX:+UseZGC"})
  public byte[] zgc512m() {
    return produce();
  }

  private byte[] produce() {
    byte[] fresh = new byte[2_048];
    window[next++ & window.length - 1] = fresh;
    return fresh;
  }
}
