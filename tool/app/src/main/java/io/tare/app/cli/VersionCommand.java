package io.tare.app.cli;

import java.util.List;
import java.util.Optional;

/** {@code tare version}. */
public final class VersionCommand {
  public static final Command COMMAND = new Command("version", "",
      "Print the version of tare and of the Java it runs on.",
      List.of(), List.of(),
      (arguments, console) -> {
        if (!arguments.operands().isEmpty()) {
          throw new UsageException("version takes no operand");
        }
        console.out().println("tare " + version() + " on Java " + Runtime.version());
        return ExitCode.FINE;
      });

  private VersionCommand() {}

  public static String version() {
    return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion()).orElse("development");
  }
}
