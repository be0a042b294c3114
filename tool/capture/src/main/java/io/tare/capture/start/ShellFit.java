package io.tare.capture.start;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a command that a shell executes is the command that was asked for: a shell hands on most environments untouched, not all. */
final class ShellFit {
  static final Path SHELL = Path.of("/bin/sh");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
  /** What dash and bash set, or refuse to hand on, whatever it was before. */
  private static final Set<String> THE_SHELLS_OWN = Set.of("IFS", "OPTIND", "PPID", "LINENO", "RANDOM",
      "SECONDS", "UID", "EUID", "GROUPS", "DIRSTACK", "FUNCNAME", "HISTCMD", "SHELLOPTS", "BASHOPTS",
      "POSIXLY_CORRECT", "EPOCHSECONDS", "EPOCHREALTIME", "SRANDOM", "COMP_WORDBREAKS");

  private ShellFit() {}

  /** Whether the command's file is there to be run; if not, the kernel says best why. */
  static boolean isThere(ProcessBuilder builder) {
    String program = builder.command().getFirst();
    if (program.isEmpty()) {
      return false;
    }
    if (program.contains("/")) {
      return isProgram(folder(builder).resolve(program));
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return List.of(path.split(":", -1)).stream()
        .anyMatch(one -> isProgram(folder(builder).resolve(one).resolve(program)));
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /** Why no shell can start it as it is, in words that end a sentence on what is not known; empty where one can. */
  static Optional<String> unfit(ProcessBuilder builder) {
    if (!Files.isExecutable(SHELL)) {
      return Optional.of("there is no " + SHELL + " to start it with");
    }
    Map<String, String> environment = builder.environment();
    Optional<String> lost = environment.keySet().stream()
        .filter(name -> !NAME.matcher(name).matches() || name.startsWith("BASH") || name.startsWith("_tare_")
            || THE_SHELLS_OWN.contains(name))
        .sorted().findFirst();
    if (lost.isPresent()) {
      return Optional.of("a shell would not hand on the environment's " + lost.get());
    }
    if (!environment.getOrDefault("PATH", "").equals(System.getenv().getOrDefault("PATH", ""))
        || builder.command().getFirst().startsWith("-")) {
      return Optional.of("a shell would look for the program elsewhere");
    }
    return changed(environment, folder(builder)).map(name -> "a shell would change the environment's " + name);
  }

  private static Optional<String> changed(Map<String, String> environment, Path folder) {
    String present = environment.get("PWD");
    String previous = environment.get("OLDPWD");
    if (present != null && !isFolder(present, folder)) {
      return Optional.of("PWD");
    }
    if (previous != null && !Files.isDirectory(folder.resolve(previous))) {
      return Optional.of("OLDPWD");
    }
    return NUMBER.matcher(environment.getOrDefault("SHLVL", "0")).matches() ? Optional.empty() : Optional.of("SHLVL");
  }

  /** What undoes that a shell sets two variables for what it starts. */
  static String undoing(Map<String, String> environment) {
    String folder = environment.containsKey("PWD") ? "" : "unset PWD; ";
    String level = environment.get("SHLVL");
    return folder + (level == null ? "unset SHLVL" : "SHLVL=" + level);
  }

  private static boolean isFolder(String named, Path folder) {
    try {
      return named.startsWith("/") && !named.contains("/.") && Files.isSameFile(Path.of(named), folder);
    } catch (IOException notThere) {
      return false;
    }
  }

  private static Path folder(ProcessBuilder builder) {
    return Optional.ofNullable(builder.directory()).map(File::toPath).orElse(Path.of("")).toAbsolutePath();
  }
}
