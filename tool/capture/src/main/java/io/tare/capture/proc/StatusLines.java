package io.tare.capture.proc;

import java.util.Optional;

/** Words of {@code /proc/PID/status}: {@code Uid:	1000	1000	1000	1000}. */
public final class StatusLines {
  private StatusLines() {}

  /** The word at the index after the label. */
  public static Optional<String> word(String status, String label, int index) {
    return status.lines().filter(line -> line.startsWith(label)).findFirst()
        .map(line -> line.substring(label.length()).strip().split("\\s+"))
        .filter(words -> words.length > index).map(words -> words[index]);
  }

  /** The last word after the label. */
  public static Optional<String> lastWord(String status, String label) {
    return status.lines().filter(line -> line.startsWith(label)).findFirst()
        .map(line -> line.substring(label.length()).strip().split("\\s+"))
        .map(words -> words[words.length - 1]).filter(word -> !word.isEmpty());
  }

  /** A mask of signals as printed, in hexadecimal; zero when the line is missing. */
  public static long mask(String status, String label) {
    return word(status, label, 0).map(word -> Long.parseUnsignedLong(word, 16)).orElse(0L);
  }
}
