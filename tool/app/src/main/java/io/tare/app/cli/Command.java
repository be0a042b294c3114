package io.tare.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One command of the command line.
 *
 * @param name one word, or two for a form of another command
 * @param operands how its operands are called in the usage line
 * @param about what it does: the first sentence is its summary; lines are broken anew where it is shown, but for those that begin with a blank
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

  /** The first sentence, however many lines it takes. */
  public String summary() {
    String text = String.join(" ", about.lines().takeWhile(line -> !line.isBlank()).toList());
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  /** How many words the name has: {@code heap diff} has two. */
  public int words() {
    return name.split(" ").length;
  }
}
