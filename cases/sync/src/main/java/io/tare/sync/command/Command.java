package io.tare.sync.command;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One command: its name, what it takes, and what it does. The action returns the exit code. */
public record Command(String name, String usage, Arguments.Known known, Action action) {
  /** Does it. */
  public interface Action {
    int run(Arguments arguments, Console console) throws UsageException, IOException, InterruptedException;
  }

  public Arguments parse(List<String> words) throws UsageException {
    return Arguments.parse(words, known);
  }

  static Arguments.Known takes(Set<String> options, Set<String> flags) {
    return new Arguments.Known(options, flags);
  }
}
