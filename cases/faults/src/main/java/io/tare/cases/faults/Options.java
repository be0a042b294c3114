package io.tare.cases.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was typed: {@code NAME --size 64m --hold 600}. */
record Options(String command, Optional<String> name, Map<String, String> values) {
  private static final Set<String> KNOWN = Set.of("--size", "--hold", "--dir", "--grow", "--java", "--collector",
      "--build");
  private static final long SMALLEST = 1 << 20;
  private static final long LARGEST = 8L << 30;

  /** @throws IllegalArgumentException with a sentence for the person who typed it */
  static Options parse(List<String> arguments) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("no fault named");
    }
    boolean launch = arguments.get(0).equals("launch");
    int at = launch ? 2 : 1;
    if (launch && arguments.size() < at) {
      throw new IllegalArgumentException("launch needs the name of a fault");
    }
    Map<String, String> values = new TreeMap<>();
    for (; at < arguments.size(); at += 2) {
      values.put(known(arguments.get(at)), at + 1 < arguments.size() ? arguments.get(at + 1) : "");
    }
    return new Options(arguments.get(0), launch ? Optional.of(arguments.get(1)) : Optional.empty(), values);
  }

  private static String known(String option) {
    if (!KNOWN.contains(option)) {
      throw new IllegalArgumentException("unknown option: " + option);
    }
    return option;
  }

  long sizeBytes() {
    long bytes = bytes("--size", "64m");
    if (bytes < SMALLEST || bytes > LARGEST) {
      throw new IllegalArgumentException("--size is between 1m and 8g");
    }
    return bytes;
  }

  long growBytesPerSecond() {
    return bytes("--grow", "0");
  }

  Duration hold() {
    return Duration.ofSeconds(bytes("--hold", "600"));
  }

  Path directory() {
    return Path.of(values.getOrDefault("--dir", System.getProperty("java.io.tmpdir", "/tmp")));
  }

  Optional<String> value(String option) {
    return Optional.ofNullable(values.get(option));
  }

  private long bytes(String option, String otherwise) {
    String text = values.getOrDefault(option, otherwise);
    try {
      return Bytes.parse(text);
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(option + " wants a number such as " + otherwise + ", not '" + text + "'", e);
    }
  }
}
