package io.tare.app;

import io.tare.app.cli.Command;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.MoreCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What is known here of {@code tare fleet} and {@code tare agent}, whose code comes in jars of their own: that they exist, and how to get
 * them. Where the jars are on the class path, their commands take these ones' places.
 */
final class FleetCommands {
  static final Command FLEET = absent("fleet", "[FORM]",
      "Ask about the memory of many nodes: 'tare fleet' lists the forms.");
  static final Command AGENT = absent("agent", "",
      "Write the ledgers of a node's processes, for 'tare fleet' to read.");

  private FleetCommands() {}

  private static Command absent(String name, String operands, String about) {
    return new Command(name, operands, about, List.of(), List.of(), (_, console) -> {
      console.err()
          .println("tare: 'tare " + name + "' needs jars that are as large as all the rest, and they are not here:"
              + " unpack tare-fleet-VERSION-linux-ARCH.tar.gz of the same release into the folder where lib/tare.jar is"
              + " found (docs/fleet.md). A checkout builds them when './tare " + name + "' is first asked.");
      return ExitCode.COULD_NOT_MEASURE;
    });
  }

  /** The commands with those that the class path adds. */
  static List<Command> inPlace(List<Command> own) {
    List<Command> added = ServiceLoader.load(MoreCommands.class).stream().map(ServiceLoader.Provider::get)
        .flatMap(more -> more.commands().stream()).toList();
    List<Command> all = new ArrayList<>();
    for (Command command : own) {
      if (added.stream().noneMatch(more -> more.name().equals(command.name()))) {
        all.add(command);
      }
      added.stream().filter(more -> more.name().split(" ", 2)[0].equals(command.name())).forEach(all::add);
    }
    return List.copyOf(all);
  }

  /** The same, where that name may be one of the added; looking for jars costs every other command nothing. */
  static List<Command> inPlace(List<Command> own, String name) {
    String first = name.split(" ", 2)[0];
    return first.equals(FLEET.name()) || first.equals(AGENT.name()) ? inPlace(own) : own;
  }
}
