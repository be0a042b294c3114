package io.tare.report.advice;

import io.tare.model.history.Advice;
import io.tare.model.history.Advice.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sizes as those want them who set them: each fragment can be pasted as it stands. */
final class Fragments {
  private static final long MB = 1 << 20;

  private Fragments() {}

  /** One fragment. */
  record Fragment(String id, String title, List<String> lines) {
    Fragment {
      lines = List.copyOf(lines);
    }

    String text() {
      return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
  }

  static List<Fragment> of(Advice advice) {
    Optional<Setting> limit = advice.setting(Advice.LIMIT);
    if (limit.isEmpty()) {
      return List.of();
    }
    long most = limit.get().bytes() / MB;
    long usual = advice.setting(Advice.REQUEST).map(Setting::bytes).orElse(limit.get().bytes()) / MB;
    Optional<String> environment = environment(advice);
    return List.of(kubernetes(most, usual, environment), compose(most, usual, environment), systemd(most, environment),
        commandLine(environment, advice.setting(Advice.WORKERS).map(Setting::option)));
  }

  /** {@code NAME=VALUE}: options by way of what the program reads itself. */
  private static Optional<String> environment(Advice advice) {
    List<String> options = Stream.of(Advice.HEAP_LEAST, Advice.HEAP_MOST, Advice.METASPACE)
        .flatMap(id -> advice.setting(id).stream()).map(Setting::option).toList();
    return options.isEmpty()
        ? Stream.of(Advice.GO_LIMIT, Advice.WORKERS).flatMap(id -> advice.setting(id).stream()).map(Setting::option)
            .filter(option -> option.matches("[A-Z_]+=.+")).findFirst()
        : Optional.of("JDK_JAVA_OPTIONS=" + String.join(" ", options));
  }

  private static Fragment kubernetes(long most, long usual, Optional<String> environment) {
    List<String> lines = new ArrayList<>(
        List.of("resources:", "  requests:", "    memory: " + usual + "Mi", "  limits:",
            "    memory: " + most + "Mi"));
    environment.ifPresent(set -> lines.addAll(
        List.of("env:", "  - name: " + name(set), "    value: \"" + value(set) + "\"")));
    return new Fragment("kubernetes", "Kubernetes, in the container", lines);
  }

  private static Fragment compose(long most, long usual, Optional<String> environment) {
    List<String> lines = new ArrayList<>(List.of("mem_limit: " + most + "m", "mem_reservation: " + usual + "m"));
    environment
        .ifPresent(set -> lines.addAll(List.of("environment:", "  " + name(set) + ": \"" + value(set) + "\"")));
    return new Fragment("compose", "Compose, in the service", lines);
  }

  private static Fragment systemd(long most, Optional<String> environment) {
    List<String> lines = new ArrayList<>(List.of("[Service]", "MemoryMax=" + most + "M"));
    environment.ifPresent(set -> lines.add("Environment=\"" + set + "\""));
    return new Fragment("systemd", "systemd, in the unit", lines);
  }

  /** How many workers there are stands in the settings of a server that reads it from nowhere else. */
  private static Fragment commandLine(Optional<String> environment, Optional<String> workers) {
    return environment.isEmpty() && workers.isPresent()
        ? new Fragment("server", "in the server's own settings", List.of(workers.get()))
        : new Fragment("command-line", "command line",
            List.of(environment.map(set -> name(set) + "='" + value(set) + "' CMD").orElse("no option to set")));
  }

  private static String name(String set) {
    return set.substring(0, set.indexOf('='));
  }

  private static String value(String set) {
    return set.substring(set.indexOf('=') + 1);
  }
}
