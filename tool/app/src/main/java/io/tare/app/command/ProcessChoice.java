package io.tare.app.command;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.UsageException;
import io.tare.capture.PidFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Which process somebody means by a pid or a name. */
final class ProcessChoice {
  private static final int MOST_LISTED = 10;

  private ProcessChoice() {}

  static long pid(String operand, Arguments arguments) throws UsageException {
    if (operand.chars().allMatch(Character::isDigit) && !operand.isEmpty()) {
      return number(operand);
    }
    List<PidFinder.Candidate> found = PidFinder.find(Path.of(arguments.value("--proc").orElse("/proc")), operand);
    if (found.size() == 1) {
      return found.getFirst().pid();
    }
    if (found.isEmpty()) {
      throw new UsageException("no process is called '" + operand + "'; 'tare ps' lists them all");
    }
    String list = found.stream().limit(MOST_LISTED).map(c -> "\n  " + c.pid() + "  " + c.description())
        .collect(Collectors.joining());
    String more = found.size() > MOST_LISTED ? "\n  and " + (found.size() - MOST_LISTED) + " more" : "";
    throw new UsageException(
        "'" + operand + "' fits " + found.size() + " processes; choose one by its pid:" + list + more);
  }

  private static long number(String digits) throws UsageException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLong) {
      throw new UsageException(digits + " is no pid");
    }
  }
}
