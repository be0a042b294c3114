package io.tare.app.advice;

import io.tare.app.cli.Arguments;
import io.tare.app.cli.Command;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Option;
import io.tare.app.cli.Output;
import io.tare.app.cli.Spans;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.app.operand.Operand.Kind;
import io.tare.formats.NotThisFormat;
import io.tare.formats.text.Sizes;
import io.tare.history.advice.Sizing;
import io.tare.history.advice.Workers;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Advice;
import io.tare.report.AdviceRenderers;
import io.tare.report.look.Format;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code tare advise RECORDING…}: sizes from what was needed under load. */
public final class AdviseCommand {
  private static final Duration USUAL_LEAST = Duration.ofMinutes(5);
  private static final Option LEAST = Option.value("--least", "TIME",
      "how long a recording must last to carry sizes (default: 5m)");

  private static final Option BELOW = Option.value("--limit", "SIZE",
      "of a server and its workers, recorded together: how many fit below that");

  public static final Command COMMAND = new Command("advise", "RECORDING…", """
      Name sizes for a container and its program, from recordings under load.
      Container request and limit, heap or Go's own bound, class metadata: each with
      the readings that it stands on, and what it does not cover; ready for
      Kubernetes, Compose, systemd and the command line. Of several recordings each
      figure is the most of all. Of a server that was recorded with its workers (tare
      record PID --children): what one more takes, and how many fit. Refused where a recording is too short, shows no
      load, leaks, or ended for want of memory: exit code 3.""",
      Stream.of(List.of(LEAST, BELOW), Output.OPTIONS).flatMap(List::stream).toList(),
      List.of("tare record 4711 -o load.tarerec --for 30m", "tare advise load.tarerec",
          "tare advise monday.tarerec tuesday.tarerec --format json", "tare advise gunicorn.tarerec --limit 2g"),
      AdviseCommand::run);

  private AdviseCommand() {}

  private static int run(Arguments arguments, Console console) throws UsageException, IOException {
    if (arguments.operands().isEmpty()) {
      throw new UsageException("sizes from which recording? tare record PID -o load.tarerec makes one");
    }
    Output output = Output.of(arguments, console);
    if (output.format() == Format.OPENMETRICS || output.format() == Format.CSV) {
      throw new UsageException("advise writes text, json or html");
    }
    Duration least = Spans.of(arguments, LEAST.name(), USUAL_LEAST);
    OptionalLong limit = arguments.value(BELOW.name()).isPresent()
        ? Sizes.bytes(arguments.value(BELOW.name()).get())
        : OptionalLong.empty();
    if (arguments.has(BELOW.name()) && limit.isEmpty()) {
      throw new UsageException("--limit wants a size such as 512m or 2g");
    }
    List<RecordedTrack> tracks = new ArrayList<>();
    for (String word : arguments.operands()) {
      Operand operand = Operand.of(word);
      if (operand.isProcess()) {
        console.err()
            .println("tare: one look at a process shows no peak; record it under its load, and take the sizes from"
                + " that: tare record " + word + " -o load.tarerec --for " + USUAL_LEAST.toMinutes()
                + "m, then tare advise load.tarerec");
        return ExitCode.COULD_NOT_MEASURE;
      }
      operand.mustBe("a recording", Kind.RECORDING);
      List<RecordedTrack> family = operand.pid().isPresent() ? List.of() : tracks(operand);
      if (family.size() > 1 && arguments.operands().size() == 1) {
        return told(Workers.of(family, limit, least), output, console);
      }
      tracks.add(track(operand));
    }
    if (limit.isPresent()) {
      throw new UsageException("--limit is for one recording of a server with its workers: tare record PID --children");
    }
    return told(Sizing.of(tracks, least), output, console);
  }

  private static int told(Advice advice, Output output, Console console) throws IOException {
    output.write(AdviceRenderers.render(advice, output.format(), output.text()), console);
    return advice.settings().isEmpty() ? ExitCode.COULD_NOT_MEASURE : ExitCode.FINE;
  }

  /** The one process of a recording, or that which the operand names. */
  static RecordedTrack track(Operand operand) throws IOException {
    List<RecordedTrack> tracks = tracks(operand);
    if (tracks.size() != 1) {
      throw new IOException(tracks.isEmpty()
          ? operand.word() + " holds no such process"
          : operand.word() + " holds " + tracks.size() + " processes: name one of them, as in " + operand.word() + "@"
              + tracks.getFirst().process().pid());
    }
    return tracks.getFirst();
  }

  private static List<RecordedTrack> tracks(Operand operand) throws IOException {
    try {
      return (operand.pid().isPresent()
          ? RecordingFiles.open(operand.file(), operand.pid().getAsLong())
          : RecordingFiles.open(operand.file())).tracks();
    } catch (NotThisFormat foreign) {
      throw new IOException(operand.word() + ": " + foreign.getMessage(), foreign);
    }
  }
}
