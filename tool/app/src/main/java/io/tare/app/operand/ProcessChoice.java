package io.tare.app.operand;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.UsageException;
import io.tare.capture.glance.PidFinder;
import io.tare.report.look.Clean;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Which process somebody means by a pid or a name. */
public final class ProcessChoice {
  private static final int MOST_LISTED = 10;

  private ProcessChoice() {}

  public static long pid(String operand, Arguments arguments) throws UsageException, IOException {
    Operand.of(operand).mustBe("a process", Operand.Kind.PROCESS, Operand.Kind.NAME);
    if (operand.chars().allMatch(Character::isDigit) && !operand.isEmpty()) {
      return number(operand);
    }
    Path root = Path.of(arguments.value("--proc").orElse("/proc"));
    return switch (PidFinder.find(root, operand)) {
      case PidFinder.Found.One one -> one.pid();
      case PidFinder.Found.Several several ->
        throw new UsageException("'" + operand + "' fits " + several.candidates().size()
            + " processes; choose one by its pid:" + list(several.candidates()));
      case PidFinder.Found.None none -> throw new UsageException("no process is called '" + operand + "'; "
          + (none.similar().isEmpty() ? "'tare ps' lists them all" : "these are close:" + list(none.similar())));
    };
  }

  private static String list(List<PidFinder.Candidate> candidates) {
    String lines = candidates.stream().limit(MOST_LISTED)
        .map(c -> "\n  " + c.pid() + "  " + Clean.line(String.join(", ", c.names())))
        .collect(Collectors.joining());
    return lines + (candidates.size() > MOST_LISTED ? "\n  and " + (candidates.size() - MOST_LISTED) + " more" : "");
  }

  private static long number(String digits) throws UsageException {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLong) {
      throw new UsageException(digits + " is no pid");
    }
  }
}
