package io.tare.formats.jvm;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import io.tare.formats.text.LineReader;
import io.tare.formats.text.Numbers;
import io.tare.model.jvm.ClassHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer to {@code GC.class_histogram}. JDK 25 prints
 *
 * <pre>
 *    1:          8973       11393384  [B (java.base@25.0.3)
 * Total         30266       12453544
 * </pre>
 *
 * The class is named as the JVM does, without the module.
 */
public final class ClassHistogramText {
  private static final Pattern ROW = Pattern.compile(" *\\d{1,10}: +(\\d{1,18}) +(\\d{1,18}) +(\\S+)(?: \\(.*\\))?");
  private static final Pattern TOTAL = Pattern.compile("Total +(\\d{1,18}) +(\\d{1,18})");

  private ClassHistogramText() {}

  public static Parsed<ClassHistogram> parse(String artifact, String content, ParseLimits limits)
      throws NotThisFormat {
    if (!content.contains("#instances")) {
      throw new NotThisFormat(artifact + " has no column '#instances'");
    }
    ProblemList problems = new ProblemList(artifact, limits);
    List<ClassHistogram.Line> classes = new ArrayList<>();
    LineReader lines = new LineReader(content, limits);
    while (lines.advance()) {
      Matcher row = ROW.matcher(lines.line());
      Matcher total = TOTAL.matcher(lines.line());
      if (total.matches() && lines.ended()) {
        return new Parsed<>(new ClassHistogram(classes, number(total, 1), number(total, 2)), problems.toList());
      }
      if (row.matches() && lines.ended() && classes.size() < limits.items()) {
        classes.add(new ClassHistogram.Line(row.group(3), number(row, 1), number(row, 2)));
      } else if (row.matches()) {
        problems.add(lines.where(), "cut, or beyond the limit: left out");
      }
    }
    problems.add("line " + lines.number(), "the total is missing: the lines that are here are summed up");
    long instances = classes.stream().mapToLong(ClassHistogram.Line::instances).sum();
    long bytes = classes.stream().mapToLong(ClassHistogram.Line::bytes).sum();
    return new Parsed<>(new ClassHistogram(classes, instances, bytes), problems.toList());
  }

  private static long number(Matcher matcher, int group) {
    return Numbers.decimal(matcher.group(group)).orElse(0);
  }
}
