package io.tare.sync;

import io.tare.sync.command.Arguments;
import io.tare.sync.command.Command;
import io.tare.sync.command.Commands;
import io.tare.sync.command.Console;
import io.tare.sync.command.ExitCode;
import io.tare.sync.command.UsageException;
import io.tare.sync.state.StateFileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The command {@code sync}. */
public final class Main {
  private Main() {}

  public static void main(String[] words) throws InterruptedException {
    System.exit(run(List.of(words), new Console(System.out, System.err)));
  }

  /** Runs a command; returns the exit code. */
  public static int run(List<String> words, Console console) throws InterruptedException {
    Optional<Command> command = words.isEmpty() ? Optional.empty() : Commands.named(words.get(0));
    if (command.isEmpty()) {
      console.err().println(Commands.usage());
      return ExitCode.USAGE;
    }
    try {
      Arguments arguments = command.get().parse(words.subList(1, words.size()));
      return command.get().action().run(arguments, console);
    } catch (UsageException typed) {
      console.err().println("sync: " + typed.getMessage());
      console.err().println("usage: sync " + command.get().usage());
      return ExitCode.USAGE;
    } catch (IOException | UncheckedIOException | StateFileProblem failure) {
      console.err().println("sync: " + failure.getMessage());
      return ExitCode.COULD_NOT_RUN;
    }
  }
}
