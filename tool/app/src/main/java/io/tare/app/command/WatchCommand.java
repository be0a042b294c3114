package io.tare.app.command;

import io.tare.app.cli.Command;
import java.util.List;

final class WatchCommand {
  static final Command COMMAND = new Command("watch", "PID|NAME", "x", List.of(), List.of(), (a, b) -> 0);
  private WatchCommand() {}
}
