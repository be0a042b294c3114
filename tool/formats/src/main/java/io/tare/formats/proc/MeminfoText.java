package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.LineReader;
import io.tare.formats.text.Sizes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * {@code /proc/meminfo} by name: sizes in bytes, the few counts ({@code HugePages_Total}) as they are. Linux 6.18
 * prints {@code MemAvailable:   24081548 kB}.
 */
public final class MeminfoText {
  private MeminfoText() {}

  public static Parsed<Map<String, Long>> parse(String artifact, String content, ParseLimits limits)
      throws NotThisFormat {
    if (!content.startsWith("MemTotal:")) {
      throw new NotThisFormat(artifact + " does not begin with 'MemTotal:'");
    }
    ProblemList problems = new ProblemList(artifact, limits);
    Map<String, Long> values = new LinkedHashMap<>();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance() && values.size() < limits.items()) {
      int colon = lines.line().indexOf(':');
      OptionalLong value = colon <= 0 || !lines.ended()
          ? OptionalLong.empty()
          : Sizes.bytes(lines.line().substring(colon + 1));
      if (value.isPresent()) {
        values.putIfAbsent(lines.line().substring(0, colon), value.getAsLong());
      } else {
        problems.add(lines.where(), "expected 'Name: number kB' but found '" + lines.line() + "'");
      }
    }
    return new Parsed<>(Map.copyOf(values), problems.toList());
  }
}
