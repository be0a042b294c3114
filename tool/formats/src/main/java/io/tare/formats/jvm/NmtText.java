package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.LineReader;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.NmtReport;

/**
 * The answers to {@code VM.native_memory}: {@code summary}, {@code detail} and {@code summary.diff}, in any scale. JDK
 * 25 prints
 *
 * <pre>
 * -                    Thread (reserved=22601KB, committed=1269KB)
 *                             (threads #22)
 *                             (malloc=49KB tag=Thread #133) (peak=57KB #137)
 * [0x00007f55e563d000 - 0x00007f55e563f000] reserved and committed 8KB for Safepoint from
 * </pre>
 *
 * and in a difference {@code Total: reserved=1515342KB +186KB, committed=119918KB +186KB}.
 */
public final class NmtText {
  private NmtText() {}

  /** The totals of all three answers as of now. */
  public static Parsed<NmtReport> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    return read(artifact, content, limits, false);
  }

  /** What {@code summary.diff} says has changed since the baseline; numbers may be negative. */
  public static Parsed<NmtReport> parseChange(String artifact, String content, ParseLimits limits)
      throws NotThisFormat {
    return read(artifact, content, limits, true);
  }

  /** The map of reserved memory that {@code detail} adds. */
  public static Parsed<JvmLayout> parseMap(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    requireTracking(artifact, content);
    LayoutBuilder layout = new LayoutBuilder("VM.native_memory", artifact, limits);
    NmtMapLines map = new NmtMapLines();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance()) {
      layout.at(lines.where());
      map.accept(lines.line(), layout);
    }
    map.finish(layout);
    return layout.build();
  }

  private static Parsed<NmtReport> read(String artifact, String content, ParseLimits limits, boolean change)
      throws NotThisFormat {
    requireTracking(artifact, content);
    ProblemList problems = new ProblemList(artifact, limits);
    NmtCategories categories = new NmtCategories(change, problems, limits.items());
    LineReader lines = new LineReader(content, limits);
    while (lines.advance() && !lines.line().startsWith("Virtual memory map:")) {
      if (lines.ended()) {
        categories.accept(lines.line(), lines.where());
      } else {
        problems.add(lines.where(), "the text ends within a line");
      }
    }
    return new Parsed<>(categories.report(), problems.toList());
  }

  private static void requireTracking(String artifact, String content) throws NotThisFormat {
    if (!content.contains("Total: reserved=")) {
      throw new NotThisFormat(artifact + " has no 'Total: reserved=': native memory tracking may be off");
    }
  }
}
