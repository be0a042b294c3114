package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.text.Numbers;
import io.tare.model.proc.ProcStat;
import java.util.OptionalLong;

/**
 * {@code /proc/PID/stat}. Linux 6.18 prints
 *
 * <pre>
 * 11063 (java) S 11060 9505 3192 0 -1 4194304 13761 0 3 0 2 3 0 0 20 0 22 0 121011 2725023744 14858 …
 * </pre>
 *
 * The name in parentheses may itself hold blanks, parentheses and line feeds; nothing after it can.
 */
public final class StatText {
  // Positions after the name, counted from the state.
  private static final int PARENT = 1;
  private static final int MINOR_FAULTS = 7;
  private static final int MAJOR_FAULTS = 9;
  private static final int THREADS = 17;
  private static final int START_TICKS = 19;
  private static final int RSS_PAGES = 21;

  private StatText() {}

  public static Parsed<ProcStat> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    int open = content.indexOf('(');
    int close = content.lastIndexOf(')');
    OptionalLong pid = open < 0 ? OptionalLong.empty() : Numbers.decimal(content.substring(0, open));
    if (pid.isEmpty() || close < open) {
      throw new NotThisFormat(artifact + " is not 'pid (name) state …'");
    }
    String[] fields = content.substring(close + 1).strip().split(" ", RSS_PAGES + 2);
    if (fields.length < RSS_PAGES + 2 || fields[0].length() != 1) {
      throw new NotThisFormat(artifact + " has " + fields.length + " fields after the name: it is cut");
    }
    String name = content.substring(open + 1, Math.min(close, open + 1 + limits.textLength()));
    return Parsed.of(new ProcStat(pid.getAsLong(), name, fields[0].charAt(0), number(artifact, fields, PARENT),
        number(artifact, fields, MINOR_FAULTS), number(artifact, fields, MAJOR_FAULTS),
        number(artifact, fields, THREADS),
        number(artifact, fields, START_TICKS), number(artifact, fields, RSS_PAGES)));
  }

  private static long number(String artifact, String[] fields, int index) throws NotThisFormat {
    return Numbers.decimal(fields[index])
        .orElseThrow(() -> new NotThisFormat(artifact + ": '" + fields[index] + "' is not a number"));
  }
}
