package io.tare.formats.gclog;

import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.GcEvent.Heap;
import io.tare.model.jvm.GcEvent.Sort;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Collections as Go ({@code GODEBUG=gctrace=1}) and Node.js ({@code --trace-gc}) print them, one a line. Go 1.19 and Node.js 20 print
 *
 * <pre>
 * gc 84 @1.752s 5%: 0.047+13+0.003 ms clock, 0.094+0/0.40/12+0.007 ms cpu, 78->79->39 MB, 80 MB goal, 0 MB stacks, 0 MB globals, 2 P
 * [4711:0x42418c00]      104 ms: Mark-Compact 14.1 (24.7) -> 9.9 (29.0) MB, 2.87 / 0.00 ms  (average mu = 1.000, current mu = 1.000) allocation failure; GC in old space requested
 * </pre>
 */
final class TraceLines {
  private static final double MEGABYTE = 1 << 20;
  private static final String NUMBER = "(\\d{1,9}(?:\\.\\d{1,9})?)";
  /** Times of the clock, at the start and at the end the program stands still; the heap when it began, when it ended, and what of it lives. */
  private static final Pattern GO = Pattern
      .compile(".{0,60}?\\bgc (\\d{1,12}) @" + NUMBER + "s \\d{1,3}%: " + NUMBER + "\\+" + NUMBER + "\\+" + NUMBER
          + " ms clock, .{1,80} ms cpu, (\\d{1,9})->(\\d{1,9})->(\\d{1,9}) MB, \\d{1,9} MB goal,.*");
  private static final Pattern NODE = Pattern
      .compile(
          ".{0,60}?\\[\\d{1,10}:0x[0-9a-f]{1,16}\\]\\s+(\\d{1,12}) ms: ([A-Z][A-Za-z -]{2,40}(?: \\([a-z]{1,20}\\))?) "
              + NUMBER + " \\(" + NUMBER + "\\) -> " + NUMBER + " \\(" + NUMBER + "\\) MB,(?: pooled: " + NUMBER
              + " MB,)? " + NUMBER + " / .{1,400}");
  private static final Pattern NODE_CAUSE = Pattern.compile(".*\\) ([a-z][^();]{2,60}).*");

  private TraceLines() {}

  /** The event of a line of the one or the other. */
  static Optional<GcEvent> read(String line, long number) {
    if (line.contains(" ms clock, ")) {
      Matcher go = GO.matcher(line);
      return go.matches() ? Optional.of(go(go)) : Optional.empty();
    }
    if (line.contains(") -> ") && line.contains(" ms: ")) {
      Matcher node = NODE.matcher(line);
      return node.matches() ? Optional.of(node(node, line, number)) : Optional.empty();
    }
    return Optional.empty();
  }

  /** Each one looks at the whole heap; garbage that arises meanwhile is for the next. */
  private static GcEvent go(Matcher parts) {
    Heap heap = new Heap(megabytes(parts.group(7)), megabytes(parts.group(8)), OptionalLong.empty());
    return new GcEvent(Optional.empty(), OptionalDouble.of(Double.parseDouble(parts.group(2))),
        Long.parseLong(parts.group(1)), Sort.WHOLE, "Go cycle", parts.group().endsWith("(forced)") ? "forced" : "",
        Optional.of(heap), OptionalDouble.of(Double.parseDouble(parts.group(3)) + Double.parseDouble(parts.group(5))));
  }

  private static GcEvent node(Matcher parts, String line, long number) {
    String what = parts.group(2);
    Sort sort = what.startsWith("Mark-") ? Sort.WHOLE : Sort.PARTIAL;
    Matcher cause = NODE_CAUSE.matcher(line);
    Heap heap = new Heap(megabytes(parts.group(3)), megabytes(parts.group(5)),
        OptionalLong.of(megabytes(parts.group(6))));
    return new GcEvent(Optional.empty(), OptionalDouble.of(Double.parseDouble(parts.group(1)) / 1e3), number, sort,
        what, cause.matches() ? cause.group(1).strip() : "", Optional.of(heap),
        OptionalDouble.of(Double.parseDouble(parts.group(8))));
  }

  private static long megabytes(String number) {
    return Math.round(Double.parseDouble(number) * MEGABYTE);
  }
}
