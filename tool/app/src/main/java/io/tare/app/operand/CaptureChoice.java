package io.tare.app.operand;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Console;
import io.tare.app.cli.Option;
import io.tare.app.cli.StepLine;
import io.tare.app.cli.UsageException;
import io.tare.capture.CaptureException;
import io.tare.capture.CaptureException.Reason;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.CoreCapturer;
import io.tare.capture.Progress;
import io.tare.capture.attach.Ask;
import io.tare.formats.NotThisFormat;
import io.tare.model.capture.Capture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes a capture as the command line asks for it. */
public final class CaptureChoice {
  private static final List<String> ASK_WORDS = Arrays.stream(Ask.values()).map(Ask::word).toList();

  public static final List<Option> OPTIONS = List.of(
      Option.choice("--ask", "[WHAT]", ASK_WORDS,
          "ask the JVM too, instead of only looking: " + ASK_WORDS.stream().collect(Collectors.joining(", "))
              + "; several with commas"),
      Option.value("--proc", "DIR", "read processes below DIR instead of /proc (a host's /proc in a container)"));

  private CaptureChoice() {}

  public static CaptureOptions options(Arguments arguments) {
    CaptureOptions options = CaptureOptions.PASSIVE.asking(asks(arguments));
    return arguments.value("--proc").map(dir -> options.at(Path.of(dir), Path.of("/"))).orElse(options);
  }

  /** Of a core file: what a process left behind. */
  public static Capture ofCore(Path core, Arguments arguments, Console console)
      throws CaptureException, UsageException, IOException {
    if (arguments.has("--ask") || arguments.has("--proc")) {
      throw new UsageException("--ask and --proc are for a process that lives; " + core + " is a core file");
    }
    try (StepLine steps = new StepLine(console); CoreCapturer capturer = CoreCapturer.open(core)) {
      return capturer.capture(CaptureOptions.PASSIVE, steps::show);
    } catch (NotThisFormat unreadable) {
      throw new CaptureException(Reason.NOT_READABLE, core + ": " + unreadable.getMessage());
    }
  }

  private static Set<Ask> asks(Arguments arguments) {
    Set<Ask> asks = EnumSet.noneOf(Ask.class);
    if (arguments.has("--ask")) {
      asks.add(Ask.BASIC);
      for (String word : arguments.value("--ask").orElse("").split(",")) {
        Arrays.stream(Ask.values()).filter(ask -> ask.word().equals(word)).forEach(asks::add);
      }
    }
    return asks;
  }

  /** Takes it; what asking will cost is said before, and progress is shown on a terminal. */
  public static Capture take(long pid, Arguments arguments, Console console) throws CaptureException, UsageException {
    CaptureOptions options = options(arguments);
    Arrays.stream(Ask.values()).filter(options.asks()::contains)
        .forEach(ask -> console.err().println("asking " + pid + " (" + ask.word() + "): " + ask.cost()));
    try (StepLine steps = new StepLine(console)) {
      Progress progress = steps::show;
      return new Capturer().capture(pid, options, progress);
    }
  }
}
