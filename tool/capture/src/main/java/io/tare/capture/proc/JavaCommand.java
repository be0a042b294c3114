package io.tare.capture.proc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line of {@code java}, taken apart: its own options, and the program by its jar or main class.
 *
 * <p>Of the options those may be kept that are {@code -X…} and {@code -XX:…} with switches, numbers and plain words. A value that
 * could be a path, an address or a command is blanked; every other argument is dropped.
 */
public record JavaCommand(List<String> options, Optional<String> program) {
  static final String REDACTED = "<redacted>";

  private static final Pattern SWITCH = Pattern.compile("-XX:[+-]\\w+");
  private static final Pattern VALUE = Pattern.compile("(-XX:\\w+=)(.*)");
  private static final Pattern PLAIN_VALUE = Pattern.compile("[\\w.%-]{0,40}");
  private static final Pattern SHORT = Pattern.compile("-X[a-z]+\\d*[kKmMgGtT]?|-Xshare:\\w+");
  private static final Pattern SHORT_NAME = Pattern.compile("(-X[a-z]+).*");
  private static final List<String> TAKE_A_VALUE = List.of("-cp", "-classpath", "--class-path", "-p", "--module-path",
      "--upgrade-module-path", "--add-modules", "--add-reads", "--add-exports", "--add-opens", "--patch-module",
      "--limit-modules", "--source", "--enable-native-access", "-d", "--describe-module");

  /** Programs of a JDK that are a JVM, too, and whose arguments are their own: {@code --release 25} is no main class. */
  private static final Set<String> TOOLS = Set.of("jar", "jarsigner", "javac", "javadoc", "javap", "jcmd", "jconsole",
      "jdb", "jdeprscan", "jdeps", "jfr", "jhsdb", "jimage", "jinfo", "jlink", "jmap", "jmod", "jnativescan",
      "jpackage",
      "jps", "jrunscript", "jshell", "jstack", "jstat", "jstatd", "jwebserver", "keytool", "rmiregistry", "serialver");

  public JavaCommand {
    options = List.copyOf(options);
  }

  public static List<String> arguments(ProcessFolder folder) {
    return folder.text("cmdline").map(line -> Arrays.asList(line.split("\0"))).orElse(List.of());
  }

  /** Without a lambda, as all that a glance at every process runs through: which arguments there are is the machine's affair. */
  public static JavaCommand parse(List<String> arguments) {
    String command = arguments.isEmpty() ? "" : arguments.getFirst();
    String tool = command.substring(command.lastIndexOf('/') + 1);
    if (TOOLS.contains(tool)) {
      List<String> options = new ArrayList<>();
      for (String argument : arguments.subList(1, arguments.size())) {
        if (argument.startsWith("-J")) {
          options.add(argument.substring(2));
        }
      }
      return new JavaCommand(options, Optional.of(tool));
    }
    int at = programAt(arguments);
    if (at >= arguments.size()) {
      return new JavaCommand(arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size()),
          Optional.empty());
    }
    String first = arguments.get(at);
    if (!first.startsWith("-")) {
      return new JavaCommand(arguments.subList(1, at), Optional.of(first));
    }
    if (at + 1 >= arguments.size()) {
      return new JavaCommand(arguments.subList(1, at), Optional.empty());
    }
    String named = arguments.get(at + 1);
    // -m takes module/main.Class
    return new JavaCommand(arguments.subList(1, at),
        Optional.of(first.equals("-jar") ? named : named.substring(named.lastIndexOf('/') + 1)));
  }

  /** The index of the first argument that is the program and not an option of {@code java}; the size when there is none. */
  private static int programAt(List<String> arguments) {
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

  /** The program's short name: the jar's file name, or the main class without its package. */
  public Optional<String> label() {
    return program.map(name -> isFile(name)
        ? name.substring(name.lastIndexOf('/') + 1)
        : name.substring(name.lastIndexOf('.') + 1));
  }

  public static boolean isFile(String program) {
    return program.endsWith(".jar") || program.endsWith(".java") || program.contains("/");
  }

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
}
