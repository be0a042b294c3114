package io.tare.capture.proc;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A command line of {@code java}, taken apart: its own options, and the program by its jar or main class. */
record JavaCommand(List<String> options, Optional<String> program) {
  JavaCommand {
    options = List.copyOf(options);
  }

  static List<String> arguments(ProcessFolder folder) {
    return folder.text("cmdline").map(line -> Arrays.asList(line.split("\0"))).orElse(List.of());
  }

  static JavaCommand parse(List<String> arguments) {
    int at = JvmFlags.programAt(arguments);
    if (at >= arguments.size()) {
      return new JavaCommand(arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size()),
          Optional.empty());
    }
    String first = arguments.get(at);
    if (!first.startsWith("-")) {
      return new JavaCommand(arguments.subList(1, at), Optional.of(first));
    }
    Optional<String> named = at + 1 < arguments.size() ? Optional.of(arguments.get(at + 1)) : Optional.empty();
    // -m takes module/main.Class
    return new JavaCommand(arguments.subList(1, at),
        first.equals("-jar") ? named : named.map(name -> name.substring(name.lastIndexOf('/') + 1)));
  }

  /** The program's short name: the jar's file name, or the main class without its package. */
  Optional<String> label() {
    return program.map(name -> isFile(name)
        ? name.substring(name.lastIndexOf('/') + 1)
        : name.substring(name.lastIndexOf('.') + 1));
  }

  static boolean isFile(String program) {
    return program.endsWith(".jar") || program.endsWith(".java") || program.contains("/");
  }
}
