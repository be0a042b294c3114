package io.tare.app.trial;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.model.trial.Growth;
import io.tare.report.TrialRenderers;
import io.tare.report.look.Format;
import io.tare.trial.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** {@code tare scale --sizes 1e5,1e6 -- CMD {SIZE}}: how memory and time grow with the input. */
public final class ScaleCommand {
  private static final int USUAL_ROUNDS = 2;
  private static final int MOST_ROUNDS = 20;
  private static final String PLACE = "{SIZE}";
  private static final List<Option> OWN = List.of(
      Option.value("--sizes", "N1,N2,…", "sizes of the input, as 1e5,3e5,1e6: {SIZE} in the command stands for them"),
      Option.value("--to", "N,…", "sizes to foretell, as 1e8"),
      Option.value("--limit", "SIZE", "how many items fit below this much memory"),
      Option.value("--rounds", "N", "how often each size is run (default: 2)"),
      Option.choice("--require", "SHAPE", MeasuredSizes.SHAPES,
          "exit with 1 when peak memory grows worse than this"),
      Until.OPTION, Until.MOST,
      Option.value("--keep", "FOLDER",
          "where recordings and outputs stay; named again, an interrupted run goes on there (default: tare-scale-PROGRAM)"));

  public static final Command COMMAND = new Command("scale", "-- CMD… {SIZE}", """
      Run a command with inputs of several sizes; tell how memory and time grow with them.
      Peak memory, processor time and the largest accounts are each called
      constant, linear with so many bytes an item, n log n or n², or said not to
      follow a simple curve. Three sizes that span a factor of ten are needed to
      tell curves apart, four are better.""",
      Stream.of(OWN, Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare scale --sizes 1e5,3e5,1e6,3e6 --to 3e7 -- ./sync generate {SIZE}",
          "tare scale --sizes 1e4,1e5,1e6 --limit 8g -- java -jar load.jar --rows {SIZE}",
          "tare scale --sizes 1e4,1e5,1e6 --require linear -- ./index {SIZE}"),
      ScaleCommand::run);

  private ScaleCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    List<String> command = arguments.operands();
    if (command.stream().noneMatch(word -> word.contains(PLACE))) {
      throw new UsageException(
          "where does the size go? put {SIZE} into the command: tare scale --sizes 1e5,1e6 -- ./load {SIZE}");
    }
    List<Double> sizes = numbers("--sizes", arguments);
    if (sizes.size() < 2) {
      throw new UsageException("--sizes needs two sizes at least, better four: --sizes 1e5,3e5,1e6,3e6");
    }
    Output output = Output.of(arguments, console);
    if (output.format() == Format.OPENMETRICS) {
      throw new UsageException("scale writes text, json or html");
    }
    List<Double> to = numbers("--to", arguments);
    OptionalDouble limit = arguments.value("--limit").isPresent()
        ? OptionalDouble.of(MemoryGroup.bytesOf("--limit", arguments.value("--limit").get()))
        : OptionalDouble.empty();
    List<Launch> variants = sizes.stream().map(size -> launch(command, size)).toList();
    int rounds = (int) Math.min(MOST_ROUNDS, arguments.number("--rounds", 1).orElse(USUAL_ROUNDS));
    Path folder = Path
        .of(arguments.value("--keep").orElseGet(() -> TryCommand.folderName("scale", command)));
    TrialFolder kept = TrialFolder.open(folder, variants);
    Rounds play = new Rounds(variants, rounds, kept, Until.of(arguments), console);
    MeasuredSizes measured = new MeasuredSizes(sizes, play.play(), kept);
    List<Growth> growths = measured.growths(to, limit);
    output.write(TrialRenderers.render(command, growths, measured.notes(), output.format(), output.text()), console);
    console.err().println("tare: recordings and outputs are in " + folder);
    return exitCode(growths, arguments.value("--require"), play.isInterrupted());
  }

  private static Launch launch(List<String> command, double size) {
    String number = MeasuredSizes.plain(size);
    return new Launch(MeasuredSizes.settings(size), command.stream().map(word -> word.replace(PLACE, number)).toList(),
        Map.of(), Optional.empty());
  }

  private static List<Double> numbers(String option, Arguments arguments) throws UsageException {
    List<Double> numbers = new ArrayList<>();
    String text = arguments.value(option).orElse("");
    for (String word : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      try {
        double number = Double.parseDouble(word.strip().replace("_", ""));
        if (!(number >= 1 && number <= 1e15)) {
          throw new UsageException(option + ": " + word + " is no number of items");
        }
        numbers.add(number);
      } catch (NumberFormatException notOne) {
        throw new UsageException(option + " needs numbers such as 1e5,3e5,1e6, not '" + word + "'");
      }
    }
    return numbers.stream().distinct().sorted().toList();
  }

  private static int exitCode(List<Growth> growths, Optional<String> required, boolean interrupted) {
    Optional<Growth> peak = growths.stream().filter(growth -> growth.name().equals("peak memory")).findFirst();
    if (interrupted || peak.isEmpty()) {
      return ExitCode.COULD_NOT_MEASURE;
    }
    if (required.isEmpty()) {
      return ExitCode.FINE;
    }
    return switch (MeasuredSizes.outcome(peak.get().shape(), required.get())) {
      case KEPT -> ExitCode.FINE;
      case BROKEN -> ExitCode.FINDING;
      case CANNOT_TELL -> ExitCode.COULD_NOT_MEASURE;
    };
  }
}
