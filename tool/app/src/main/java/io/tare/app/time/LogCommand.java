package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.LogFiles;
import io.tare.app.operand.Operand;
import io.tare.app.operand.RuleFile;
import io.tare.formats.ParseLimits;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.judge.SettlingCurve;
import io.tare.history.log.LogReading;
import io.tare.model.history.LogSummary;
import io.tare.model.history.Settling;
import io.tare.report.OverTimeRenderers;
import io.tare.report.look.Format;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code tare log FILE…}: what logs tell of memory. */
public final class LogCommand {
  static final Option LEAST = Option.value("--least", "SECONDS",
      "judge from this much time on (default: 300; less than that is mostly warm-up)");
  private static final List<Option> OWN = List.of(LEAST, RuleFile.OPTION,
      Option.value("--settling", "[LABEL]",
          "what went back after the load, instead: from the mark LABEL on, or from where"
              + " activity falls"),
      Option.flag("--all", "every phase and every account"));

  public static final Command COMMAND = new Command("log", "FILE…", """
      Say what logs tell of memory: peaks, phases, batches, collections, leaks.
      Reads, and recognises by itself, line by line:
        HotSpot's collection logs (-Xlog:gc or -Xlog:gc*, and those of Java 8),
        rotated files together
        collections of Go (GODEBUG=gctrace=1) and Node.js (--trace-gc)
        labelled readings such as [MEMSTATS:AFTER_GC] Alloc=42MB NumGC=4976
        answers to jcmd PID VM.native_memory summary, and summary.diff
      FILE may be compressed by gzip; - is standard input. Lines that say
      nothing of memory are passed over and counted.""",
      Stream.of(OWN, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare log gc.log", "tare log gc.log.0 gc.log.1 gc.log", "kubectl logs orders | tare log -",
          "tare log production.log.gz --format json"),
      LogCommand::run);

  private LogCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().isEmpty()) {
      throw new UsageException("which log? - is standard input");
    }
    Output output = Output.of(arguments, console);
    if (output.format() == Format.OPENMETRICS) {
      throw new UsageException("log writes text, json or html");
    }
    for (String operand : arguments.operands()) {
      Operand.ofFile(operand).mustBe("a log", Operand.Kind.LOG, Operand.Kind.STREAM);
    }
    LogReading reading = new LogReading(ParseLimits.DEFAULT);
    LogFiles.read(arguments.operands(), reading);
    if (arguments.has("--settling")) {
      return settling(reading, arguments, output, console);
    }
    LogSummary log = reading.summary(options(arguments, console));
    output.write(OverTimeRenderers.render(log, output.format(), output.text()), console);
    boolean nothing = log.collections().isEmpty() && log.labels().isEmpty() && log.categories().isEmpty();
    if (nothing) {
      console.err().println("tare: no line of " + String.join(", ", arguments.operands())
          + " is of a format that is known; 'tare help log' lists them");
    }
    return nothing ? ExitCode.COULD_NOT_MEASURE : ExitCode.FINE;
  }

  private static int settling(LogReading reading, Arguments arguments, Output output, Console console)
      throws IOException {
    Optional<String> label = arguments.value("--settling").filter(text -> !text.isEmpty());
    Optional<Settling> settling = reading.timeline().flatMap(line -> SettlingCurve.of(line, label));
    if (settling.isEmpty()) {
      console.err().println("tare: no load ends in this log" + label.map(text -> " at a mark " + text).orElse(""));
      return ExitCode.COULD_NOT_MEASURE;
    }
    output.write(OverTimeRenderers.render(settling.get(), output.format(), output.text()), console);
    return ExitCode.FINE;
  }

  static LeakOptions options(Arguments arguments, Console console) throws UsageException, IOException {
    long seconds = arguments.number(LEAST.name(), 1).orElse(LeakOptions.USUAL.least().toSeconds());
    return LeakOptions.USUAL.resting(Duration.ofSeconds(seconds)).by(RuleFile.thresholds(arguments, console));
  }
}
