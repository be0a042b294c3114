package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.UsageException;
import io.tare.history.live.MarkFile;
import io.tare.history.live.RunningRecorders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** {@code tare mark LABEL [ITEMS]}: marks this moment in the recording that is being written. */
public final class MarkCommand {

  public static final Command COMMAND = new Command("mark", "LABEL [ITEMS]", """
      Mark this moment in the recording that is being written.
      The recording is the one of --recording, else of TARE_RECORDING (which 'tare
      run' sets for its command), else the only one that this user is writing.""",
      List.of(Option.value("--recording", "FILE", "which recording, when several are being written")),
      List.of("tare mark START", "tare mark AFTER_LOAD 10000"), MarkCommand::run);

  private MarkCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    List<String> words = arguments.operands();
    if (words.isEmpty() || words.size() > 2 || words.getFirst().isBlank()) {
      throw new UsageException("mark needs a label, and may have a number of items: tare mark AFTER_LOAD 10000");
    }
    OptionalLong items = words.size() == 2 ? items(words.get(1)) : OptionalLong.empty();
    String named = arguments.value("--recording").orElse(console.environment().getOrDefault(MarkFile.ENVIRONMENT, ""));
    Path recording = named.isEmpty() ? onlyOne(console) : Path.of(named);
    if (!MarkFile.isHeard(recording)) {
      console.err().println("tare: nobody is writing " + recording + " now");
      return ExitCode.COULD_NOT_MEASURE;
    }
    MarkFile.say(recording, MarkFile.now(words.getFirst(), items), !named.isEmpty());
    return ExitCode.FINE;
  }

  private static OptionalLong items(String word) throws UsageException {
    try {
      long items = Long.parseLong(word);
      if (items >= 0) {
        return OptionalLong.of(items);
      }
    } catch (NumberFormatException notANumber) {
      throw new UsageException("'" + word + "' is no number of items; a label with blanks needs quotes");
    }
    throw new UsageException("the number of items can't be below zero");
  }

  private static Path onlyOne(Console console) throws UsageException, IOException {
    List<Path> running = RunningRecorders
        .ofThisUser(console.environment().getOrDefault("XDG_RUNTIME_DIR", "")).recordings();
    if (running.isEmpty()) {
      throw new UsageException("nothing is being recorded now; 'tare record PID' begins");
    }
    if (running.size() > 1) {
      throw new UsageException("several recordings are being written; choose one with --recording:"
          + running.stream().map(path -> "\n  " + path).collect(Collectors.joining()));
    }
    return running.getFirst();
  }
}
