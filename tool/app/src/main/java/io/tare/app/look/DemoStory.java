package io.tare.app.look;

import io.tare.report.look.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a demonstration shows and what it counted of itself, in words, before the report says what can be seen from outside. */
final class DemoStory {
  private static final int MOST = 5;
  private static final long SMALL = 1 << 20;

  private DemoStory() {}

  /**
   * The story, line by line.
   *
   * @param sentence what the program does
   * @param truth the line that it printed, read: {@code rssBytes}, and bytes by account in {@code truth}
   */
  static List<String> of(String name, long pid, String sentence, Map<?, ?> truth) {
    List<String> lines = new ArrayList<>();
    lines.add(name + " runs as process " + pid + ". " + sentence);
    if (truth.get("rssBytes") instanceof Number gross) {
      lines.add("Counted from inside it weighs " + Units.BINARY.format(gross.longValue())
          + "; so much of it is known there:");
    }
    Map<?, ?> accounts = truth.get("truth") instanceof Map<?, ?> known ? known : Map.of();
    accounts.entrySet().stream().filter(one -> bytes(one) >= SMALL)
        .sorted(Comparator.comparingLong((Map.Entry<?, ?> one) -> bytes(one)).reversed()).limit(MOST)
        .forEach(one -> lines.add(String.format("  %9s  %s", Units.BINARY.format(bytes(one)), one.getKey())));
    lines.add("Now from outside, without asking it:");
    return lines;
  }

  private static long bytes(Map.Entry<?, ?> account) {
    return account.getValue() instanceof Number bytes ? bytes.longValue() : 0;
  }
}
