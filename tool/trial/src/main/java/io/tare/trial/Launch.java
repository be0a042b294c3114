package io.tare.trial;

import io.tare.trial.Variation.WrongVariation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How one variant of a command is started.
 *
 * @param settings in words: {@code GOGC=50, limit=512m}
 * @param command with its placeholders filled
 * @param environment what is set beside what is inherited
 * @param limit of the container's memory, as it was written
 */
public record Launch(String settings, List<String> command, Map<String, String> environment, Optional<String> limit) {
  private static final int MOST_VARIANTS = 64;
  private static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";
  private static final String LOADED_FIRST = "LD_PRELOAD";
  /** Options of the java command whose value is the next word. */
  private static final Set<String> WITH_VALUE = Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path",
      "--upgrade-module-path", "--add-modules", "--limit-modules", "--add-reads", "--add-exports", "--add-opens",
      "--patch-module", "--enable-native-access", "--source");

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Every combination of the values; the first takes the first value of each. */
  public static List<Launch> all(List<String> command, List<Variation> variations, Map<String, String> inherited)
      throws WrongVariation {
    List<Launch> launches = List.of(new Launch("", command, Map.of(), Optional.empty()));
    for (Variation variation : variations) {
      List<Launch> more = new ArrayList<>();
      for (Launch launch : launches) {
        for (String value : variation.values()) {
          more.add(launch.with(variation, value, inherited));
        }
      }
      if (more.size() > MOST_VARIANTS) {
        throw new WrongVariation(more.size() + " combinations are too many to run: at most " + MOST_VARIANTS);
      }
      launches = more;
    }
    return launches;
  }

  private Launch with(Variation variation, String value, Map<String, String> inherited) throws WrongVariation {
    String words = settings.isEmpty() ? variation.words(value) : settings + ", " + variation.words(value);
    if (command.stream().anyMatch(word -> word.contains(variation.placeholder()))) {
      return new Launch(words, command.stream().map(word -> word.replace(variation.placeholder(), value)).toList(),
          environment, limit);
    }
    if (value.isEmpty()) {
      return new Launch(words, command, environment, limit);
    }
    if (variation.name().equals(Variation.LIMIT)) {
      return new Launch(words, command, environment, Optional.of(value));
    }
    if (variation.name().equals(Variation.PRELOAD)) {
      return new Launch(words, command, adding(LOADED_FIRST, value, ":", inherited), limit);
    }
    if (variation.name().equals(Variation.JVM) || variation.isJvmOption()) {
      return withJvmOption(words, variation.jvmOption(value), inherited);
    }
    if (!variation.name().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new WrongVariation("'" + variation.name() + "' is neither a placeholder of the command ("
          + variation.placeholder()
          + "), a JVM option (-Xmx), 'jvm', 'limit', 'preload' nor the name of an environment variable");
    }
    return new Launch(words, command, setting(variation.name(), value), limit);
  }

  /**
   * Of an option that is given twice the JVM takes the last. The variable's options come before those of the command line, so where the
   * command is java itself, the option goes behind the others.
   */
  private Launch withJvmOption(String words, String option, Map<String, String> inherited) {
    String program = command.getFirst();
    if (!program.equals("java") && !program.endsWith("/java")) {
      return new Launch(words, command, adding(JAVA_OPTIONS, quoted(option), " ", inherited), limit);
    }
    List<String> line = new ArrayList<>(command);
    line.addAll(behindOptions(command), words(option));
    return new Launch(words, line, environment, limit);
  }

  /** {@code "-Xmx1g -Xms1g"} are two options. */
  private static List<String> words(String option) {
    return List.of(option.strip().split("\\s+"));
  }

  private static String quoted(String option) {
    return words(option).stream().map(word -> word.contains("\"") ? word : "\"" + word + "\"")
        .collect(Collectors.joining(" "));
  }

  /** The place behind the last option of the JVM: before -jar, -m or the main class. */
  private static int behindOptions(List<String> line) {
    int at = 1;
    while (at < line.size() && (line.get(at).startsWith("-") || line.get(at).startsWith("@"))) {
      if (Set.of("-jar", "-m", "--module").contains(line.get(at))) {
        return at;
      }
      at += WITH_VALUE.contains(line.get(at)) ? 2 : 1;
    }
    return Math.min(at, line.size());
  }

  private Map<String, String> setting(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put(name, value);
    return all;
  }

  private Map<String, String> adding(String name, String value, String between, Map<String, String> inherited) {
    String known = environment.getOrDefault(name, inherited.getOrDefault(name, ""));
    return setting(name, known.isBlank() ? value : known + between + value);
  }
}
