package io.tare.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a command writes to: answers to {@link #out}, everything else (progress, warnings, errors) to {@link #err}. */
public final class Console {
  private static final int USUAL_WIDTH = 100;
  private static final int NARROWEST = 40;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Printer out;
  private final Printer err;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final Map<String, String> environment;

  /** @param outIsTerminal whether a person reads {@code out} directly */
  public Console(OutputStream out, OutputStream err, boolean outIsTerminal, boolean errIsTerminal,
      Map<String, String> environment) {
    this.out = new Printer(new BufferedOutputStream(out, BUFFER_BYTES), false);
    this.err = new Printer(err, true);
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
    this.environment = Map.copyOf(environment);
  }

  /** What this process was started with. */
  public static Console ofThisProcess() {
    return new Console(new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err),
        isTerminal(1), isTerminal(2), System.getenv());
  }

  /** Answers go nowhere; everything else is told. */
  public static Console withoutAnswers(Map<String, String> environment) {
    return new Console(OutputStream.nullOutputStream(), new FileOutputStream(FileDescriptor.err), true, false,
        environment);
  }

  public Printer out() {
    return out;
  }

  public Printer err() {
    return err;
  }

  public boolean outIsTerminal() {
    return outIsTerminal;
  }

  public boolean errIsTerminal() {
    return errIsTerminal;
  }

  public Map<String, String> environment() {
    return environment;
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
