package io.tare.app.trial;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Confirmation;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.model.trial.Measure;
import io.tare.model.trial.TrialReport;
import io.tare.report.TrialRenderers;
import io.tare.report.look.Format;
import io.tare.trial.Launch;
import io.tare.trial.Trials;
import io.tare.trial.Trials.Run;
import io.tare.trial.Variation;
import io.tare.trial.Variation.WrongVariation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** {@code tare try --vary NAME=V1,V2 -- CMD…}: a command under variations, side by side. */
public final class TryCommand {
  private static final int USUAL_ROUNDS = 3;
  private static final int MOST_ROUNDS = 100;
  private static final List<Option> OWN = List.of(
      Option.value("--vary", "NAME=V1,V2…",
          """
              what is varied: {NAME} in the command, an environment variable, a JVM option (-Xmx=256m,512m), 'jvm' (whole options), \
              'limit' (of a container), 'preload' (a library such as another malloc); an empty value leaves it as it is; can be repeated"""),
      Option.value("--rounds", "N", "how often each variant is run (default: 3)"),
      Until.OPTION, Until.MOST,
      Option.choice("--goal", "MEASURE", Arrays.stream(Measure.values()).map(Measure::id).toList(),
          "what the best is judged by (default: peak)"),
      Option.value("--limit", "SIZE", "the best must stay below this in every run"),
      Option.value("--keep", "FOLDER",
          "where recordings and outputs of the runs stay; named again, an interrupted trial goes on there (default: tare-try-PROGRAM)"),
      Option.flag("--all", "all measures, however wide"), LiveRemedy.REMEDY, LiveRemedy.YES);

  public static final Command COMMAND = new Command("try", "-- CMD… | PID --remedy N", """
      Run a command under variations and compare them: memory, time, and what is noise.
      Every combination of the values is run, in several rounds whose order
      alternates, one run at a time, each recorded, without a terminal. A
      difference is called one only where it is more than what runs of the same
      variant differ by. The first variant is what the others are held against:
      let it be what you have today.
      Of a process, --remedy applies one of the remedies that its report numbers.""",
      Stream.of(OWN, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare try --vary MALLOC_ARENA_MAX=,2 --until 60s -- java -jar orders.jar",
          "tare try --vary -Xmx=,512m,1g --vary jvm=,-XX:+UseSerialGC --goal peak -- java -jar batch.jar",
          "tare try --vary BATCH=100,1000,10000 --goal items --limit 512m -- ./sync --batch {BATCH}",
          "tare try 4711 --remedy 1"),
      TryCommand::run);

  private TryCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.has(LiveRemedy.REMEDY.name())) {
      return LiveRemedy.apply(arguments, console, Confirmation.onStandardInput());
    }
    List<String> command = arguments.operands();
    if (command.isEmpty()) {
      throw new UsageException("which command? tare try --vary GOGC=,50 -- ./server");
    }
    List<Launch> variants = variants(command, arguments);
    int rounds = (int) Math.min(MOST_ROUNDS, arguments.number("--rounds", 1).orElse(USUAL_ROUNDS));
    Until until = Until.of(arguments);
    Output output = Output.of(arguments, console);
    if (output.format() == Format.OPENMETRICS) {
      throw new UsageException("try writes text, json or html");
    }
    Measure goal = Measure.byId(arguments.value("--goal").orElse(Measure.PEAK.id())).orElseThrow();
    OptionalDouble limit = arguments.value("--limit").isPresent()
        ? OptionalDouble.of(MemoryGroup.bytesOf("--limit", arguments.value("--limit").get()))
        : OptionalDouble.empty();
    Path folder = Path.of(arguments.value("--keep").orElseGet(() -> folderName("try", command)));
    Rounds play = new Rounds(variants, rounds, TrialFolder.open(folder, variants), until, console);
    List<Run> runs = play.play();
    TrialReport report = Trials.report(command, variants, rounds, runs, goal, limit);
    output.write(TrialRenderers.render(report, output.format(), output.text()), console);
    console.err().println("tare: recordings and outputs are in " + folder + "; 'tare diff " + folder
        + " -o report.html' tells what each variant returned");
    return report.best().isPresent() && !play.isInterrupted() ? ExitCode.FINE : ExitCode.COULD_NOT_MEASURE;
  }

  private static List<Launch> variants(List<String> command, Arguments arguments) throws UsageException {
    try {
      List<Variation> variations = new ArrayList<>();
      for (String text : arguments.all("--vary")) {
        variations.add(Variation.parse(text));
      }
      if (variations.isEmpty()) {
        throw new UsageException("nothing is varied: --vary NAME=V1,V2 (see 'tare help try')");
      }
      return Launch.all(command, variations, System.getenv());
    } catch (WrongVariation wrong) {
      throw new UsageException(String.valueOf(wrong.getMessage()));
    }
  }

  /** By the program; where that is {@code java}, by the jar: most trials of one folder would have one name otherwise. */
  static String folderName(String what, List<String> command) {
    int jar = command.indexOf("-jar") + 1;
    String program = jar > 0 && jar < command.size()
        ? command.get(jar).replaceFirst("\\.jar$", "")
        : command.getFirst();
    return "tare-" + what + "-" + String.valueOf(Path.of(program).getFileName()).replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
