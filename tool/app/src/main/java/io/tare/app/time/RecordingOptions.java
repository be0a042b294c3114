package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Option;
import io.tare.app.cli.Spans;
import io.tare.app.cli.UsageException;
import io.tare.app.cli.VersionCommand;
import io.tare.history.live.LedgerSchedule.LedgerRules;
import io.tare.history.live.MarkSource.LogFollower;
import io.tare.history.live.MarkSource.LogMarks;
import io.tare.history.live.Recorder;
import io.tare.history.live.Recorder.RecorderOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The options that {@code record}, {@code run} and {@code watch} have in common. */
final class RecordingOptions {
  static final List<Option> OPTIONS = List.of(
      Option.value("--interval", "TIME", "from one cheap reading to the next (default: 1s)"),
      Option.value("--ledger-every", "TIME",
          "from one full ledger to the next while nothing happens; 0 for none in turn (default: 1m)"),
      Option.value("--ledger-budget", "PERCENT",
          "processor time that ledgers may use, of one processor, in the long run (default: 0.05)"),
      Option.value("--census", "[EVERY]",
          "count objects by class, type or function again and again, so that a leak has a name (default: 1m)"),
      Option.flag("--no-trace",
          "don't trace what lives in a JVM's old generation while only that tells a leak from garbage"),
      Option.flag("--children", "the processes that it starts too"),
      Option.value("--log", "FILE",
          "follow a log: [MEMSTATS:LABEL] lines and --mark-pattern make marks; can be repeated"),
      Option.value("--mark-pattern", "REGEX",
          "what else makes a mark in logs; groups (?<label>…) and (?<items>…) are used; can be repeated"));

  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration CENSUS = Duration.ofMinutes(1);
  private static final Duration SHORTEST_CENSUS = Duration.ofSeconds(2);
  private static final long MEGABYTE = 1L << 20;
  private static final long USUAL_MEGABYTES = 32;

  static final Option MAX_SIZE = Option.value("--max-size", "MB",
      "above this the older part becomes coarser; marks stay (default: 32)");

  private RecordingOptions() {}

  static RecorderOptions of(Arguments arguments, Duration dense, Duration ledgerTurn) throws UsageException {
    Duration interval = Spans.of(arguments, "--interval", Duration.ofSeconds(1));
    if (interval.compareTo(SHORTEST) < 0) {
      throw new UsageException("--interval must be at least 50ms");
    }
    Duration turn = Spans.of(arguments, "--ledger-every", ledgerTurn);
    return new RecorderOptions(interval, dense, new LedgerRules(turn, budget(arguments)), arguments.has("--children"),
        VersionCommand.version(), census(arguments), !arguments.has("--no-trace"));
  }

  private static Duration census(Arguments arguments) throws UsageException {
    if (!arguments.has("--census")) {
      return Duration.ZERO;
    }
    Duration every = arguments.value("--census").filter(text -> !text.isEmpty()).isPresent()
        ? Spans.of(arguments, "--census", CENSUS)
        : CENSUS;
    if (every.compareTo(SHORTEST_CENSUS) < 0) {
      throw new UsageException("--census must be at least " + SHORTEST_CENSUS.toSeconds() + "s");
    }
    return every;
  }

  private static double budget(Arguments arguments) throws UsageException {
    String percent = arguments.value("--ledger-budget").orElse("");
    if (percent.isEmpty()) {
      return LedgerRules.USUAL.share();
    }
    try {
      double share = Double.parseDouble(percent) / 100;
      if (share > 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException notANumber) {
      throw new UsageException("--ledger-budget needs a number of percent, not '" + percent + "'");
    }
    throw new UsageException("--ledger-budget must be above 0 and at most 100");
  }

  static long mostBytes(Arguments arguments) throws UsageException {
    OptionalLong megabytes = arguments.number("--max-size", 1);
    return Math.min(megabytes.orElse(USUAL_MEGABYTES), 1 << 20) * MEGABYTE;
  }

  static LogMarks logMarks(Arguments arguments) throws UsageException {
    List<Pattern> patterns = new ArrayList<>();
    for (String pattern : arguments.all("--mark-pattern")) {
      try {
        patterns.add(Pattern.compile(pattern));
      } catch (PatternSyntaxException broken) {
        throw new UsageException("--mark-pattern '" + pattern + "' is no regular expression: " + broken.getDescription()
            + " near position " + Math.max(0, broken.getIndex()));
      }
    }
    return new LogMarks(patterns);
  }

  static void followLogs(Recorder recorder, Arguments arguments) throws UsageException, IOException {
    LogMarks marks = logMarks(arguments);
    for (String log : arguments.all("--log")) {
      recorder.listenTo(new LogFollower(Path.of(log), marks));
    }
  }
}
