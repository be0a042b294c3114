package io.tare.bench.patterns;

import io.netty.util.AsciiString;
import io.tare.kit.text.Utf8Slice;
import java.nio.charset.StandardCharsets;
import org.agrona.AsciiSequenceView;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The third field of a line, compared with a word and parsed as a number: made a String, or read in place. */
public class ZeroCopyStringPattern extends PatternBenchmark {
  private static final String WORD = "temperature-sensor-outside";
  private static final int FROM = 20;
  @Param({"ascii", "utf8"})
  String text;
  private byte[] line;
  private int to;
  private String word;
  private final UnsafeBuffer agrona = new UnsafeBuffer(new byte[0]);

  @org.openjdk.jmh.annotations.Setup
  public void prepare() {
    word = text.equals("ascii") ? WORD : "größe-außen-°C-sensor-ost-1";
    byte[] field = word.getBytes(StandardCharsets.UTF_8);
    line = new byte[FROM + field.length + 10];
    System.arraycopy(field, 0, line, FROM, field.length);
    to = FROM + field.length;
    agrona.wrap(line);
  }

  @Benchmark
  public boolean newString() {
    return new String(line, FROM, to - FROM, StandardCharsets.UTF_8).equals(word);
  }

  @Benchmark
  public boolean kit() {
    return Utf8Slice.of(line, FROM, to).contentEquals(word);
  }

  @Benchmark
  public boolean nettyAsciiOnly() {
    return new AsciiString(line, FROM, to - FROM, false).contentEquals(word);
  }

  @Benchmark
  public boolean agronaAsciiOnly() {
    return CharSequence.compare(new AsciiSequenceView(agrona, FROM, to - FROM), word) == 0;
  }
}
