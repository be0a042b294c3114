package io.tare.fleet.agent;

import io.tare.report.look.Clean;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The agent's log: a line an event, {@code time=… level=info event=recorded service=orders pid=4711}. Of one event at most so many lines come in
 * a minute; the rest is counted, and said with the next one.
 */
final class AgentLog {
  private static final int MOST_LINES_A_MINUTE = 20;
  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private final Consumer<String> out;
  private final Map<String, Lines> lines = new HashMap<>();

  private static final class Lines {
    private long sinceNanos;
    private int said;
    private int unsaid;
  }

  AgentLog(Consumer<String> out) {
    this.out = out;
  }

  /** @param namesAndValues by turns */
  void info(String event, Object... namesAndValues) {
    line("info", event, namesAndValues);
  }

  void warn(String event, Object... namesAndValues) {
    line("warn", event, namesAndValues);
  }

  void error(String event, Object... namesAndValues) {
    line("error", event, namesAndValues);
  }

  private synchronized void line(String level, String event, Object... namesAndValues) {
    Lines of = lines.computeIfAbsent(event, _ -> new Lines());
    if (System.nanoTime() - of.sinceNanos > NANOS_PER_MINUTE || of.sinceNanos == 0) {
      of.sinceNanos = System.nanoTime();
      of.said = 0;
    }
    if (of.said >= MOST_LINES_A_MINUTE) {
      of.unsaid++;
      return;
    }
    of.said++;
    StringBuilder line = new StringBuilder("time=").append(Instant.ofEpochMilli(System.currentTimeMillis()))
        .append(" level=").append(level).append(" event=").append(event);
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      line.append(' ').append(namesAndValues[i]).append('=').append(quoted(String.valueOf(namesAndValues[i + 1])));
    }
    if (of.unsaid > 0) {
      line.append(" unsaid=").append(of.unsaid);
      of.unsaid = 0;
    }
    out.accept(line.toString());
  }

  private static String quoted(String value) {
    String clean = Clean.line(value);
    boolean isPlain = !clean.isEmpty() && clean.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=' || c == '\\');
    return isPlain ? clean : '"' + clean.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A number as the log has it: {@code 0.45}. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
