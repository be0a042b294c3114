package io.tare.formats.gclog;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.LineReader;
import io.tare.model.jvm.GcLog;

/**
 * A collection log of HotSpot's unified logging ({@code -Xlog:gc} or {@code -Xlog:gc*}), with any decorations, of any collector. JDK
 * 17 and 25 print
 *
 * <pre>
 * [0.361s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 6M->1M(40M) 114.002ms
 * [0.270s][info][gc] GC(0) Garbage Collection (Warmup) 24M(60%)->6M(15%)
 * [0.182s][info][gc] GC(0) Major Collection (Warmup) 4M(10%)->4M(10%) 0.003s
 * [2.605s][info][gc] GC(27) Concurrent cleanup 36M->5M(40M) 0.009ms
 * </pre>
 */
public final class GcLogText {
  private GcLogText() {}

  public static Parsed<GcLog> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    GcLogLines log = new GcLogLines(limits);
    ProblemList problems = new ProblemList(artifact, limits);
    LineReader lines = new LineReader(content, limits);
    boolean any = false;
    while (lines.advance()) {
      boolean known = log.accept(lines.line());
      any |= known;
      if (!known && !lines.line().isBlank()) {
        problems.add(lines.where(), "no line of a collection log");
      }
    }
    if (!any || (log.log().events().isEmpty() && log.log().collector().isEmpty())) {
      throw new NotThisFormat(artifact + " has no line of a collection log");
    }
    if (log.left() > 0) {
      problems.add("", log.left() + " events are left out: there are more than " + limits.items());
    }
    return new Parsed<>(log.log(), problems.toList());
  }
}
