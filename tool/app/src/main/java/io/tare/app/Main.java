package io.tare.app;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.HelpText;
import io.tare.app.cli.Similar;
import io.tare.app.cli.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code tare}: finds the command and runs it. What is no command's name is a pid, a name or a capture to explain. */
public final class Main {
  private Main() {}

  public static void main(String[] words) {
    Runtime.getRuntime().halt(run(Arrays.asList(words), Console.ofThisProcess()));
  }

  /** Runs a command line; every failure that a user can cause ends in one sentence on {@code err} and its exit code. */
  public static int run(List<String> words, Console console) {
    int code = answer(words, console);
    Optional<IOException> unwritten = console.out().failure();
    if (unwritten.isEmpty()) {
      return code;
    }
    if (sentence(unwritten.get()).contains("Broken pipe")) {
      // The reader has seen enough, as head does.
      return ExitCode.READER_GONE;
    }
    console.err().println("tare: the answer could not be written: " + sentence(unwritten.get()));
    return ExitCode.COULD_NOT_MEASURE;
  }

  private static int answer(List<String> words, Console console) {
    if (words.isEmpty() || words.getFirst().equals("--help") || words.getFirst().equals("-h")) {
      console.out().print(Commands.overview());
      return words.isEmpty() ? ExitCode.USAGE : ExitCode.FINE;
    }
    if (words.getFirst().equals("--version") || words.getFirst().equals("-V")) {
      return answer(List.of("version"), console);
    }
    Optional<Command> named = Commands.of(words);
    Command command = named.orElse(Commands.EXPLAIN);
    List<String> rest = words.subList(named.map(Command::words).orElse(0), words.size());
    try {
      return run(command, rest, console);
    } catch (UsageException mistake) {
      console.err().println("tare: " + mistake.getMessage());
      if (named.isEmpty()) {
        Similar.to(words.getFirst(), Commands.names()).ifPresent(
            name -> console.err().println("tare: did you mean the command 'tare " + name + "'?"));
      }
      return ExitCode.USAGE;
    } catch (IOException failure) {
      console.err().println("tare: " + sentence(failure));
      return ExitCode.COULD_NOT_MEASURE;
    } catch (OutOfMemoryError tooMuch) {
      console.err().println("tare: this needs more memory than Tare allows itself ("
          + (Runtime.getRuntime().maxMemory() >> 20)
          + " MB of heap): what it reads is very large, or made to be; --memory 1g"
          + " allows more");
      return ExitCode.COULD_NOT_MEASURE;
    } catch (UncheckedIOException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static int run(Command command, List<String> rest, Console console) throws UsageException, IOException {
    // What stands behind -- is somebody else's command line.
    List<String> own = rest.contains("--") ? rest.subList(0, rest.indexOf("--")) : rest;
    if (own.contains("--help") || own.contains("-h")) {
      console.out().print(HelpText.of(command));
      return ExitCode.FINE;
    }
    return command.action().run(Arguments.parse(command, rest), console);
  }

  private static String sentence(IOException failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case NoSuchFileException _ -> "there is no file " + message;
      case AccessDeniedException _ -> "permission denied: " + message;
      default -> message == null ? failure.getClass().getSimpleName() : message;
    };
  }
}
