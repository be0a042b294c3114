package io.tare.capture.proc;

import io.tare.formats.facts.Fact;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings that move memory: JVM options of the command line, and a few variables of the environment, with harmless values.
 * Command line and environment themselves are never kept.
 */
public final class Settings {
  private static final List<String> VARIABLES = List.of("MALLOC_ARENA_MAX", "MALLOC_TRIM_THRESHOLD_",
      "MALLOC_MMAP_THRESHOLD_", "MALLOC_TOP_PAD_", "GOGC", "GOMEMLIMIT", "PYTHONMALLOC", "GLIBC_TUNABLES");
  private static final Pattern PLAIN_VALUE = Pattern.compile("[\\w.:=-]{1,200}");

  private Settings() {}

  public static Artifact take(ProcessFolder folder, boolean isJvm) {
    long began = System.nanoTime();
    List<Fact> facts = new ArrayList<>();
    if (isJvm) {
      facts.addAll(flags(JavaCommand.arguments(folder)));
    }
    Optional<String> environment = folder.text("environ");
    environment.ifPresent(text -> facts.addAll(variables(text)));
    Outcome outcome = environment.isPresent() ? Outcome.TAKEN : Outcome.PARTIAL;
    String note = environment.isPresent() ? "" : "variables are missing: the environment is refused";
    String lines = facts.stream().map(fact -> fact.line() + "\n").collect(Collectors.joining());
    return Artifact.adopting(new Artifact.Label(ArtifactNames.SETTINGS, outcome, note, FileRead.microsSince(began)),
        lines.getBytes(StandardCharsets.UTF_8));
  }

  static List<Fact> flags(List<String> javaArguments) {
    return JavaCommand.parse(javaArguments).options().stream().map(JavaCommand::harmless).flatMap(Optional::stream)
        .map(flag -> Fact.of("flag", "text", flag)).toList();
  }

  static List<Fact> variables(String environment) {
    List<Fact> facts = new ArrayList<>();
    for (String variable : environment.split("\0")) {
      int equals = variable.indexOf('=');
      String name = equals < 0 ? "" : variable.substring(0, equals);
      if (VARIABLES.contains(name)) {
        String value = variable.substring(equals + 1);
        facts.add(Fact.of("variable", "name", name, "value",
            PLAIN_VALUE.matcher(value).matches() ? value : JavaCommand.REDACTED));
      }
    }
    return facts;
  }
}
