package io.tare.fleet.agent;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.UsageException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Which processes of the node are meant. What is given must all fit; nothing given fits every process. */
record ProcessRule(Optional<Pattern> name, Optional<String> group, Optional<Pattern> container) {

  static ProcessRule of(Arguments arguments) throws UsageException {
    ProcessRule rule = new ProcessRule(pattern(arguments, "--match"), arguments.value("--cgroup"),
        pattern(arguments, "--container"));
    boolean isAll = rule.name.isEmpty() && rule.group.isEmpty() && rule.container.isEmpty();
    if (isAll != arguments.has("--all")) {
      throw new UsageException(isAll
          ? "which processes? --all, or --match REGEX, --cgroup PART, --container REGEX"
          : "--all means every process: leave out --match, --cgroup and --container, or --all");
    }
    return rule;
  }

  private static Optional<Pattern> pattern(Arguments arguments, String option) throws UsageException {
    String regex = arguments.value(option).orElse("");
    try {
      return arguments.has(option) ? Optional.of(Pattern.compile(regex)) : Optional.empty();
    } catch (PatternSyntaxException broken) {
      throw new UsageException(option + " '" + regex + "' is no regular expression: " + broken.getDescription());
    }
  }

  /** What the group alone tells, which costs least to ask. */
  boolean fits(GroupNames groups) {
    return group.isEmpty() || groups.path().contains(group.get());
  }

  /**
   * @param names the command's short name, and what people call it
   * @param labels whose it is
   */
  boolean fits(Stream<String> names, Map<String, String> labels) {
    boolean isNamed = name.isEmpty()
        || Stream.concat(names, Stream.of("service", "pod").map(one -> labels.getOrDefault(one, "")))
            .anyMatch(one -> name.get().matcher(one).find());
    return isNamed && (container.isEmpty() || Stream.of("container", "container_id", "pod")
        .anyMatch(one -> container.get().matcher(labels.getOrDefault(one, "")).find()));
  }
}
