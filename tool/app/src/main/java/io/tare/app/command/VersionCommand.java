package io.tare.app.command;

import io.tare.app.ExitCode;
import io.tare.app.cli.Command;
import java.util.List;
import java.util.Optional;

/** {@code tare version}. */
final class VersionCommand {
  static final Command COMMAND = new Command("version", "", "Print the version of tare and of the Java it runs on.",
      List.of(), List.of(),
      (arguments, console) -> {
        console.out().println("tare " + version() + " on Java " + Runtime.version());
        return ExitCode.FINE;
      });

  private VersionCommand() {}

  static String version() {
    return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion()).orElse("development");
  }
}
