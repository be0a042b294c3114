package io.tare.app.cli;

import java.io.IOException;
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
  public Command {
    options = List.copyOf(options);
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
