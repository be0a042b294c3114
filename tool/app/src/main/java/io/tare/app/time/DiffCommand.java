package io.tare.app.time;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.CaptureChoice;
import io.tare.app.operand.Sources;
import io.tare.app.trial.TrialStages;
import io.tare.capture.CaptureException;
import io.tare.capture.file.CaptureFileException;
import io.tare.history.compare.CountChanges;
import io.tare.history.compare.Differences;
import io.tare.history.compare.Investigations;
import io.tare.history.compare.Investigations.Weighed;
import io.tare.history.compare.PhaseDifferences;
import io.tare.model.history.Difference;
import io.tare.model.history.Investigation;
import io.tare.model.history.LeakVerdict.Grower;
import io.tare.report.OverTimeRenderers;
import io.tare.report.difference.CountChangesText;
import io.tare.report.look.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** {@code tare diff A B…}: what moved. */
public final class DiffCommand {
  private static final List<Option> OWN = List.of(Option.flag("--all", "also what moved by no more than noise"));
  private static final String MARKDOWN_ENDING = ".md";
  private static final int MOST_STAGES = 64;

  public static final Command COMMAND = new Command("diff", "BEFORE AFTER… | FOLDER", """
      Compare weighings: what moved, account by account, noise set apart.
      BEFORE and AFTER are capture files, recordings, collection logs, pids or
      names. Two recordings are compared phase by phase, too, where both have the
      same marks. Of a recording or log the later half counts, when the process has warmed up; of a single
      moment nobody knows how much it varies, and one percent is taken for
      noise. Where both sides tell it, the price stands beside: throughput, and
      the time that collections took. Where objects were counted on both sides ('tare who
      PID --out x.tare', 'tare record --census'), it says which class, type or function moved.
      Of more than two, each is held against the one before: the investigation, stage
      by stage, what each change returned and what is left. FOLDER is where 'tare try'
      kept its runs: each variant against the first. 'NAME=FILE' calls a stage by what
      was changed; -o report.html or report.md writes the document.""",
      Stream.of(OWN, CaptureChoice.OPTIONS, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare capture 4711 -o before.tare", "tare diff before.tare 4711",
          "tare diff before.tare after.tare --all", "tare diff gc-before.log gc-after.log",
          "tare diff 'as it was=a.tarerec' 'file mapped=b.tarerec' 'no cache=c.tarerec' -o report.md",
          "tare diff tare-try-orders -o report.html"),
      DiffCommand::run);

  private DiffCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    List<String> operands = arguments.operands();
    Optional<Path> trial = operands.size() == 1
        ? Optional.of(Path.of(operands.getFirst())).filter(Files::isDirectory)
        : Optional.empty();
    if (operands.size() < 2 && trial.isEmpty()) {
      throw new UsageException("diff compares two or more: BEFORE and AFTER; or the variants in the folder of a trial");
    }
    if (operands.size() > MOST_STAGES) {
      throw new UsageException("diff compares " + MOST_STAGES + " at most");
    }
    Optional<Path> markdown = arguments.value("--output").filter(name -> name.endsWith(MARKDOWN_ENDING)).map(Path::of);
    Output output = markdown.isPresent()
        ? new Output(Format.TEXT, Output.textOptions(arguments, console, true), markdown)
        : Output.of(arguments, console);
    boolean isDocument = trial.isPresent() || markdown.isPresent() || operands.size() > 2;
    if (output.format() == Format.OPENMETRICS || (isDocument && output.format() == Format.JSON)) {
      throw new UsageException(isDocument
          ? "an investigation is text, html or, by the file's ending, Markdown; of each pair there is json: tare diff A B"
          : "diff writes text, json or html");
    }
    try {
      if (isDocument) {
        Investigation investigation = trial.isPresent()
            ? TrialStages.of(trial.get())
            : stages(operands, arguments, console);
        output.write(markdown.isPresent()
            ? OverTimeRenderers.markdown(investigation, output.text())
            : OverTimeRenderers.render(investigation, output.format(), output.text()), console);
        return ExitCode.FINE;
      }
      Sources before = Stage.of(operands.getFirst()).open(arguments, console);
      Sources after = Stage.of(operands.getLast()).open(arguments, console);
      Difference difference = Differences.of(before.weighing(), after.weighing())
          .with(PhaseDifferences.of(before.inPhases(), after.inPhases()));
      output.write(OverTimeRenderers.render(difference, output.format(), output.text())
          + (output.format() == Format.TEXT ? CountChangesText.render(counted(before, after), output.text()) : ""),
          console);
      return ExitCode.FINE;
    } catch (CaptureException | CaptureFileException failure) {
      console.err().println("tare: " + failure.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  /** Where both sides were counted: by class, type or function, the last counts of each. */
  private static List<Grower> counted(Sources before, Sources after) {
    return before.counting().flatMap(old -> after.counting().map(now -> CountChanges.between(old, now)))
        .orElse(List.of());
  }

  private static Investigation stages(List<String> operands, Arguments arguments, Console console)
      throws UsageException, IOException, CaptureException, CaptureFileException {
    List<Weighed> stages = new ArrayList<>();
    for (String operand : operands) {
      Stage stage = Stage.of(operand);
      stages.add(new Weighed(stage.name(), List.of(switch (stage.open(arguments, console)) {
        case Sources.Moment moment -> new Investigations.Run(moment.weighing(), OptionalDouble.empty());
        case Sources.Time time -> Investigations.Run.of(stage.name(), time.timeline());
      })));
    }
    return Investigations.inTurn(stages);
  }

  /** {@code NAME=FILE}, unless there is a file of that very name; without a name it is called as the file is. */
  private record Stage(String name, String operand) {
    static Stage of(String word) {
      int equals = word.lastIndexOf('=');
      if (equals <= 0 || Files.exists(Path.of(word))) {
        return new Stage(word.substring(word.lastIndexOf('/') + 1), word);
      }
      return new Stage(word.substring(0, equals).strip(), word.substring(equals + 1));
    }

    Sources open(Arguments arguments, Console console)
        throws UsageException, IOException, CaptureException, CaptureFileException {
      return Sources.open(operand, arguments, console);
    }
  }
}
