package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.CaptureChoice;
import io.tare.app.operand.NamedText;
import io.tare.app.operand.RuleFile;
import io.tare.app.operand.Sources;
import io.tare.app.trial.MeasuredSizes;
import io.tare.capture.CaptureException;
import io.tare.capture.door.NamedTarget;
import io.tare.capture.file.CaptureFileException;
import io.tare.formats.NotThisFormat;
import io.tare.history.compare.Budget;
import io.tare.history.compare.Budget.BudgetChecks;
import io.tare.history.compare.Budget.BudgetText;
import io.tare.history.compare.BudgetNames;
import io.tare.history.compare.CaptureTimeline;
import io.tare.history.compare.Snapshots;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.model.history.BudgetCheck;
import io.tare.model.history.BudgetCheck.Outcome;
import io.tare.model.history.Timeline;
import io.tare.report.difference.CheckReport;
import io.tare.report.look.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code tare check TARGET}: a gate for continuous integration. */
public final class CheckCommand {
  private static final List<Option> OWN = List.of(
      Option.value("--max", "ACCOUNT=AMOUNT…", "a limit, in bytes, things or % of RSS; may be given again"),
      Option.value("--budget", "FILE", "a file of such limits, one a line: heap.live = 80MB"),
      Option.flag("--no-leak", "nothing may leak: needs a log, or captures taken one after the other"),
      Option.value("--junit", "FILE", "write the outcome as JUnit's XML, too"),
      Option.flag("--github", "and as annotations that a GitHub workflow shows"),
      Option.value("--learn", "FILE",
          "write the budget that this healthy recording would keep, with a quarter more, and check nothing"),
      Option.choice("--scales", "SHAPE", MeasuredSizes.SHAPES,
          "peak memory grows with the input no worse than this; checks folders in which 'tare scale' kept its runs"),
      LogCommand.LEAST, RuleFile.OPTION);

  public static final Command COMMAND = new Command("check", "PID|NAME|FILE…", """
      Hold a process against a budget; the exit code tells a script.
      Several captures of one process are judged over time; several recordings or
      logs each by itself, and all must keep it. Of a log the peak counts. Exit code
      0: all kept. 1: something is broken. 2: the budget names what there is not, or
      counts things in bytes. 3: something could not be told, which is never taken
      for kept.""",
      Stream.of(OWN, CaptureChoice.OPTIONS, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare check 4711 --max rss=1GB --max unexplained=1%", "tare check orders --budget orders.budget",
          "tare check gc.log --no-leak --junit target/memory.xml", "tare check healthy.tarerec --learn orders.budget",
          "tare check tare-scale-sync --scales linear --github"),
      CheckCommand::run);

  private CheckCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().isEmpty()) {
      throw new UsageException("check what? Name a process, a capture or a log");
    }
    Output output = Output.of(arguments, console);
    if (output.format() == Format.OPENMETRICS) {
      throw new UsageException("check writes text, json or html");
    }
    try {
      if (arguments.value("--learn").isPresent()) {
        return learn(Path.of(arguments.value("--learn").get()), arguments, console);
      }
      BudgetCheck check = arguments.value("--scales").isPresent()
          ? scales(arguments.value("--scales").get(), arguments)
          : check(budget(arguments), arguments, console);
      if (arguments.value("--junit").isPresent()) {
        NamedTarget.write(Path.of(arguments.value("--junit").get()), CheckReport.junit(check));
      }
      output.write(CheckReport.render(check, output.format(), output.text()), console);
      if (arguments.has("--github")) {
        console.out().printPage(CheckReport.annotations(check));
      }
      return check.has(Outcome.BROKEN)
          ? ExitCode.FINDING
          : check.has(Outcome.CANNOT_TELL) ? ExitCode.COULD_NOT_MEASURE : ExitCode.FINE;
    } catch (CaptureException | CaptureFileException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static Budget budget(Arguments arguments) throws UsageException, IOException {
    Budget budget = arguments.has("--no-leak") ? Budget.EMPTY.withoutLeak() : Budget.EMPTY;
    try {
      for (String most : arguments.all("--max")) {
        budget = budget.and(BudgetText.parseList(most));
      }
      if (arguments.value("--budget").isPresent()) {
        budget = budget.and(BudgetText.parse(NamedText.of(arguments.value("--budget").get())));
      }
    } catch (NotThisFormat mistake) {
      throw new UsageException(String.valueOf(mistake.getMessage()));
    }
    if (budget.isEmpty()) {
      throw new UsageException("check needs --max, --budget, --no-leak or --scales");
    }
    return budget;
  }

  private static BudgetCheck scales(String most, Arguments arguments) throws UsageException, IOException {
    if (arguments.has("--max") || arguments.has("--budget") || arguments.has("--no-leak")) {
      throw new UsageException("--scales checks folders of 'tare scale', the other budgets processes and files: check "
          + "them one after the other");
    }
    List<BudgetCheck> checks = new ArrayList<>();
    for (String folder : arguments.operands()) {
      checks.add(MeasuredSizes.of(Path.of(folder)).check(folder, most));
    }
    return checks.size() == 1 ? checks.getFirst() : BudgetCheck.all(arguments.operands(), checks);
  }

  private static int learn(Path file, Arguments arguments, Console console)
      throws UsageException, IOException, CaptureException, CaptureFileException {
    if (!(Sources.open(arguments.operands().getFirst(), arguments, console) instanceof Sources.Time time)
        || arguments.operands().size() > 1) {
      throw new UsageException("--learn learns from one recording or log of a healthy process");
    }
    NamedTarget.write(file, BudgetNames.learn(time.timeline()));
    console.out()
        .println("learnt into " + file + "; 'tare check PID --budget " + file + "' holds a process against it");
    return ExitCode.FINE;
  }

  private static BudgetCheck check(Budget budget, Arguments arguments, Console console)
      throws UsageException, IOException, CaptureException, CaptureFileException {
    LeakOptions options = LogCommand.options(arguments, console);
    List<Sources> sources = new ArrayList<>();
    for (String operand : arguments.operands()) {
      sources.add(Sources.open(operand, arguments, console));
    }
    if (sources.size() > 1 && sources.stream().allMatch(Sources.Moment.class::isInstance)) {
      return overTime(budget, captures(sources), options);
    }
    List<BudgetCheck> checks = sources.stream().map(source -> check(budget, source, options)).toList();
    return checks.size() == 1 ? checks.getFirst() : BudgetCheck.all(arguments.operands(), checks);
  }

  private static BudgetCheck check(Budget budget, Sources source, LeakOptions options) {
    return switch (source) {
      case Sources.Moment moment -> BudgetChecks.check(budget, Snapshots.of(moment.name(), moment.capture()),
          Optional.empty());
      case Sources.Time time -> overTime(budget, time.timeline(), options);
    };
  }

  private static BudgetCheck overTime(Budget budget, Timeline timeline, LeakOptions options) {
    return BudgetChecks.check(budget, Snapshots.peaks(timeline.target(), timeline),
        budget.noLeak() ? Optional.of(LeakJudge.judge(timeline, options)) : Optional.empty());
  }

  private static Timeline captures(List<Sources> sources) {
    return CaptureTimeline.of(sources.stream().filter(Sources.Moment.class::isInstance)
        .map(source -> ((Sources.Moment) source).capture()).toList());
  }
}
