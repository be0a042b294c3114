package io.tare.app.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where a command writes to: answers to {@code out}, everything else (progress, warnings, errors) to {@code err}.
 *
 * @param outIsTerminal whether a person reads {@code out} directly
 */
public record Console(PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal,
    Map<String, String> environment) {
  private static final int USUAL_WIDTH = 100;
  private static final int NARROWEST = 40;

  public Console {
    environment = Map.copyOf(environment);
  }

  /** The width to write for: {@code COLUMNS}, or a width that fits most screens. */
  public int width() {
    try {
      return Math.max(NARROWEST, Integer.parseInt(environment.getOrDefault("COLUMNS", "").strip()));
    } catch (NumberFormatException unset) {
      return USUAL_WIDTH;
    }
  }

  /** Colour only on a terminal, and not when {@code NO_COLOR} is set. */
  public boolean colour() {
    return outIsTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /** Whether the terminal's character set has more than ASCII. */
  public boolean unicode() {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isEmpty()) {
        String upper = value.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }

  /** Whether a terminal stands behind that descriptor of our own process. */
  public static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }
}
