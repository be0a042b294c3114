package io.tare.formats.jvm;

import io.tare.formats.text.Sizes;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Single lines of VM.info: version, elapsed time, the heap's greatest size, malloc. */
final class HeadLines implements Lines {
  private static final Pattern ELAPSED = Pattern.compile("elapsed time: (\\d{1,12})(?:\\.(\\d{1,9}))? seconds");
  private static final Pattern MALLOC = Pattern
      .compile("C-Heap outstanding allocations: (\\d+K)(?:, retained: (\\d+K))?(.*)");

  private OptionalLong elapsedMillis = OptionalLong.empty();

  /** How long the JVM had run when it printed the text. */
  OptionalLong elapsedMillis() {
    return elapsedMillis;
  }

  @Override
  public boolean accept(String line, LayoutBuilder layout) {
    if (line.startsWith("# Java VM: ")) {
      version(line, layout);
    } else if (line.contains("elapsed time: ")) {
      elapsed(line);
    } else if (line.startsWith("C-Heap outstanding")) {
      malloc(line, layout);
    } else if (line.startsWith(" Heap Max Capacity: ") || line.startsWith(" Max Capacity: ")) {
      layout.fact(FactKeys.HEAP_MAX, Sizes.bytes(line.substring(line.indexOf(':') + 1)));
    } else {
      return false;
    }
    return true;
  }

  private static void version(String line, LayoutBuilder layout) {
    int open = line.lastIndexOf('(');
    int end = open + 1;
    while (end < line.length() && ", )".indexOf(line.charAt(end)) < 0) {
      end++;
    }
    if (open > 0) {
      layout.fact(FactKeys.VERSION, line.substring(open + 1, end));
      layout.fact(FactKeys.COLLECTOR, Collectors.ofVersionLine(line));
    }
  }

  private void elapsed(String line) {
    Matcher elapsed = ELAPSED.matcher(line);
    if (elapsed.find()) {
      String fraction = elapsed.group(2) == null ? "" : elapsed.group(2);
      elapsedMillis = OptionalLong.of(millis(elapsed.group(1), fraction));
    }
  }

  static long millis(String seconds, String fraction) {
    return Long.parseLong(seconds) * 1000 + Long.parseLong((fraction + "000").substring(0, 3));
  }

  private static void malloc(String line, LayoutBuilder layout) {
    Matcher malloc = MALLOC.matcher(line);
    if (!malloc.matches() || malloc.group(3).contains("wrapped")) {
      layout.problem("malloc's totals are not to be trusted: '" + line + "'");
      return;
    }
    layout.fact(FactKeys.MALLOC_OUTSTANDING, Sizes.bytes(malloc.group(1)));
    if (malloc.group(2) != null) {
      layout.fact(FactKeys.MALLOC_RETAINED, Sizes.bytes(malloc.group(2)));
    }
  }
}
