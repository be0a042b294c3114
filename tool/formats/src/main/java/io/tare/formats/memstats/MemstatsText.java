package io.tare.formats.memstats;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.LineReader;
import io.tare.model.history.LabelledReading;
import io.tare.model.history.LogSummary.BatchReading;
import java.util.List;

/**
 * Labelled readings in a log, whatever stands before them in the line:
 *
 * <pre>
 * 2026-11-06T12:00:01Z DEBUG [MEMSTATS:AFTER_GC] Alloc=42MB HeapObjects=6124 NumGC=4976
 * Received batch 1000: size=1000 entries, est_bytes=137 KB
 * </pre>
 */
public final class MemstatsText {
  private MemstatsText() {}

  /** What a log tells in labelled readings. */
  public record Readings(List<LabelledReading> readings, List<BatchReading> batches) {
    public Readings {
      readings = List.copyOf(readings);
      batches = List.copyOf(batches);
    }
  }

  public static Parsed<Readings> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    MemstatsLines log = new MemstatsLines(limits);
    ProblemList problems = new ProblemList(artifact, limits);
    LineReader lines = new LineReader(content, limits);
    while (lines.advance()) {
      log.accept(lines.line());
    }
    if (log.readings().isEmpty()) {
      throw new NotThisFormat(artifact + " has no line with [MEMSTATS:");
    }
    if (log.left() > 0) {
      problems.add("", log.left() + " readings are left out: there are more than " + limits.items());
    }
    return new Parsed<>(new Readings(log.readings(), log.batches()), problems.toList());
  }
}
