package io.tare.capture.file;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.facts.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Rewrites the paths in a text of one of the two kinds that captures hold. */
final class PathLines {
  private PathLines() {}

  /** Lines that may end in a path, which begins after a blank or with the line: smaps, and the link of the executable. */
  static String inListing(String text, UnaryOperator<String> rewrite) {
    StringBuilder rewritten = new StringBuilder(text.length());
    for (int from = 0; from < text.length();) {
      int lineFeed = text.indexOf('\n', from);
      int end = lineFeed < 0 ? text.length() : lineFeed;
      int path = pathIn(text, from, end);
      rewritten.append(text, from, path).append(path < end ? rewrite.apply(text.substring(path, end)) : "");
      rewritten.append(lineFeed < 0 ? "" : "\n");
      from = end + 1;
    }
    return rewritten.toString();
  }

  /** Where the line's path begins; the line's end when it has none. */
  private static int pathIn(String text, int from, int end) {
    for (int at = text.indexOf('/', from); at >= 0 && at < end; at = text.indexOf('/', at + 1)) {
      if (at == from || text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t') {
        return at;
      }
    }
    return end;
  }

  /** Lines of {@code /proc/PID/cgroup}: {@code 4:memory:/system.slice/shop.service}. */
  static String inMembership(String text, UnaryOperator<String> rewrite) {
    return text.lines().map(line -> {
      int path = line.indexOf(":/") + 1;
      return (path == 0 ? "" : line.substring(0, path) + rewrite.apply(line.substring(path))) + "\n";
    }).collect(Collectors.joining());
  }

  /** Lines of facts, of which every value that begins like a path is one. */
  static String inFacts(String text, UnaryOperator<String> rewrite) throws NotThisFormat {
    List<Fact> facts = Fact.parseAll("facts", text, ParseLimits.DEFAULT).value();
    return facts.stream().map(fact -> new Fact(fact.word(), rewritten(fact.values(), rewrite)).line() + "\n")
        .collect(Collectors.joining());
  }

  private static Map<String, String> rewritten(Map<String, String> values, UnaryOperator<String> rewrite) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.replaceAll((key, value) -> value.startsWith("/") ? rewrite.apply(value) : value);
    return all;
  }
}
