package io.tare.app.cli;

import java.util.List;

/**
 * Commands of a jar that is added to the class path of some commands only, for it is large. A {@link java.util.ServiceLoader} finds it; what is
 * offered takes the place of the command of the same name, or stands behind the one whose first word it shares.
 */
public interface MoreCommands {
  List<Command> commands();
}
