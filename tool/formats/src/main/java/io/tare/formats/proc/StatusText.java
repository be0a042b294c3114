package io.tare.formats.proc;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.LineReader;
import io.tare.model.proc.ProcStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /proc/PID/status}. Linux 6.18 prints {@code VmRSS:	   59360 kB}. Of a field that comes twice the first counts.
 */
public final class StatusText {
  private StatusText() {}

  public static Parsed<ProcStatus> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat {
    if (!content.startsWith("Name:")) {
      throw new NotThisFormat(artifact + " does not begin with 'Name:'");
    }
    ProblemList problems = new ProblemList(artifact, limits);
    Map<String, String> fields = new LinkedHashMap<>();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance() && fields.size() < limits.items()) {
      int colon = lines.line().indexOf(':');
      if (!lines.ended()) {
        problems.add(lines.where(), "the text ends within a line");
      } else if (colon <= 0) {
        problems.add(lines.where(), "expected 'Key: value' but found '" + lines.line() + "'");
      } else {
        fields.putIfAbsent(lines.line().substring(0, colon), lines.line().substring(colon + 1).strip());
      }
    }
    return new Parsed<>(new ProcStatus(fields), problems.toList());
  }
}
