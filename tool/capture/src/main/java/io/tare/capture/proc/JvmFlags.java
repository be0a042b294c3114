package io.tare.capture.proc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of a JVM that may be kept: {@code -X…} and {@code -XX:…} with switches, numbers and plain words. A value that
 * could be a path, an address or a command is blanked; every other argument is dropped.
 */
public final class JvmFlags {
  static final String REDACTED = "<redacted>";

  private static final Pattern SWITCH = Pattern.compile("-XX:[+-]\\w+");
  private static final Pattern VALUE = Pattern.compile("(-XX:\\w+=)(.*)");
  private static final Pattern PLAIN_VALUE = Pattern.compile("[\\w.%-]{0,40}");
  private static final Pattern SHORT = Pattern.compile("-X[a-z]+\\d*[kKmMgGtT]?|-Xshare:\\w+");
  private static final Pattern SHORT_NAME = Pattern.compile("(-X[a-z]+).*");
  private static final List<String> TAKE_A_VALUE = List.of("-cp", "-classpath", "--class-path", "-p", "--module-path",
      "--upgrade-module-path", "--add-modules", "--add-reads", "--add-exports", "--add-opens", "--patch-module",
      "--limit-modules", "--source", "--enable-native-access", "-d", "--describe-module");

  private JvmFlags() {}

  /** The option as it may be kept; empty when it may not be kept at all. */
  public static Optional<String> harmless(String argument) {
    if (SWITCH.matcher(argument).matches() || SHORT.matcher(argument).matches()) {
      return Optional.of(argument);
    }
    Matcher value = VALUE.matcher(argument);
    if (value.matches()) {
      return Optional.of(PLAIN_VALUE.matcher(value.group(2)).matches() ? argument : value.group(1) + REDACTED);
    }
    Matcher shortName = SHORT_NAME.matcher(argument);
    return shortName.matches() && !argument.startsWith("-XX")
        ? Optional.of(shortName.group(1) + ":" + REDACTED)
        : Optional.empty();
  }

  /** The options of a blank-separated line that may be kept. */
  public static String harmlessOf(String line) {
    List<String> kept = new ArrayList<>();
    for (String word : line.split("\\s+")) {
      harmless(word).ifPresent(kept::add);
    }
    return String.join(" ", kept);
  }

  /** The index of the first argument that is the program and not an option of {@code java}; the size when there is none. */
  static int programAt(List<String> arguments) {
    int at = 1;
    while (at < arguments.size()) {
      String argument = arguments.get(at);
      if (!argument.startsWith("-") || argument.equals("-jar") || argument.equals("-m")
          || argument.equals("--module")) {
        return at;
      }
      at += TAKE_A_VALUE.contains(argument) ? 2 : 1;
    }
    return Math.min(at, arguments.size());
  }
}
