package io.tare.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One command of the command line.
 *
 * @param name one word, or two for a form of another command
 * @param operands how its operands are called in the usage line
 * @param about what it does: the first line is its summary, the rest is for its own help
 * @param examples command lines that a reader can type
 */
public record Command(String name, String operands, String about, List<Option> options, List<String> examples,
    Action action) {
  /** The launcher reads it, for the heap is set before this program begins. 'tare heap' has one of its own. */
  private static final Option MEMORY = Option.value("--memory", "SIZE",
      "memory that Tare itself may use (default: 256m); what needs more is refused");

  public Command {
    List<Option> all = new ArrayList<>(options);
    if (all.stream().noneMatch(option -> option.name().equals(MEMORY.name()))) {
      all.add(MEMORY);
    }
    options = List.copyOf(all);
    examples = List.copyOf(examples);
  }

  /** What a command does with its arguments; returns the exit code. */
  @FunctionalInterface
  public interface Action {
    int run(Arguments arguments, Console console) throws UsageException, IOException;
  }

  public String summary() {
    return about.lines().findFirst().orElse("");
  }

  /** How many words the name has: {@code heap diff} has two. */
  public int words() {
    return name.split(" ").length;
  }
}
