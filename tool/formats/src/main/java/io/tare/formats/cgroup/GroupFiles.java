package io.tare.formats.cgroup;

import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.LineReader;
import io.tare.formats.text.Numbers;
import io.tare.model.cgroup.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The files of one group, read as numbers and as {@code name number} tables. */
final class GroupFiles {
  /** What version 1 prints for "no limit" is this large and depends on the page size. */
  private static final long NO_LIMIT = 1L << 62;

  private final Map<String, String> files;
  private final ParseLimits limits;
  private final ProblemList problems;

  GroupFiles(String artifact, Map<String, String> files, ParseLimits limits) {
    this.files = files;
    this.limits = limits;
    this.problems = new ProblemList(artifact, limits);
  }

  Parsed<Level> result(Level level) {
    return new Parsed<>(level, problems.toList());
  }

  /** A file that holds one number; empty when it is missing, malformed, or means "no limit". */
  OptionalLong number(String file) {
    String content = files.getOrDefault(file, "").strip();
    if (content.isEmpty() || content.equals("max") || content.equals("18446744073709551615")) {
      return OptionalLong.empty();
    }
    OptionalLong number = Numbers.decimal(content);
    if (number.isEmpty() || number.getAsLong() < 0) {
      problems.add(file, "expected a number but found '" + cut(content) + "'");
      return OptionalLong.empty();
    }
    return number.getAsLong() >= NO_LIMIT ? OptionalLong.empty() : number;
  }

  /** A file of {@code name number} lines, by name. */
  Map<String, Long> table(String file) {
    Map<String, Long> table = new LinkedHashMap<>();
    LineReader lines = new LineReader(files.getOrDefault(file, ""), limits);
    while (lines.advance() && table.size() < limits.items()) {
      int blank = lines.line().indexOf(' ');
      OptionalLong number = blank <= 0 || !lines.ended()
          ? OptionalLong.empty()
          : Numbers.decimal(lines.line().substring(blank + 1));
      if (number.isPresent() && number.getAsLong() >= 0) {
        table.putIfAbsent(lines.line().substring(0, blank), number.getAsLong());
      } else {
        problems.add(file + " " + lines.where(), "expected 'name number' but found '" + cut(lines.line()) + "'");
      }
    }
    return table;
  }

  static OptionalLong valueOf(Map<String, Long> table, String name) {
    Long value = table.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60);
  }
}
