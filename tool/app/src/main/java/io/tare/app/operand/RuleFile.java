package io.tare.app.operand;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.ledger.rules.Thresholds;
import io.tare.ledger.rules.Thresholds.NotAThreshold;
import java.io.IOException;

/** A user's own values for what counts as much: by option, or for every command by the environment. */
public final class RuleFile {
  public static final Option OPTION = Option.value("--rules", "FILE",
      "values of your own for what counts as much: see 'tare help rules' (or TARE_RULES)");
  private static final String ENVIRONMENT = "TARE_RULES";

  private RuleFile() {}

  public static Thresholds thresholds(Arguments arguments, Console console) throws UsageException, IOException {
    String file = arguments.value(OPTION.name()).orElse(console.environment().getOrDefault(ENVIRONMENT, ""));
    try {
      return file.isEmpty() ? Thresholds.DEFAULT : Thresholds.parse(NamedText.of(file));
    } catch (NotAThreshold mistake) {
      throw new UsageException(file + ", " + mistake.getMessage());
    }
  }
}
