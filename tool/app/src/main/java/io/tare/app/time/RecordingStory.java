package io.tare.app.time;

import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.Output;
import io.tare.app.cli.UsageException;
import io.tare.app.operand.Operand;
import io.tare.formats.NotThisFormat;
import io.tare.history.compare.Stories;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Timelines;
import io.tare.ledger.rules.Thresholds;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Story;
import io.tare.report.OverTimeRenderers;
import io.tare.report.look.Format;
import io.tare.report.story.StoryHtml;
import io.tare.report.story.StoryJson;
import io.tare.report.story.StoryText;
import io.tare.report.story.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells the story of a recording file. */
public final class RecordingStory {
  private RecordingStory() {}

  public static int print(Operand operand, Output output, Console console, Thresholds thresholds)
      throws IOException, UsageException {
    Path file = operand.file();
    try {
      Recording recording = operand.pid().isPresent()
          ? RecordingFiles.open(file, operand.pid().getAsLong())
          : RecordingFiles.open(file);
      List<Story> stories = Stories.of(recording);
      if (stories.isEmpty()) {
        console.err().println("tare: " + file + " holds no process: the recorder was stopped before it saw one");
        return ExitCode.COULD_NOT_MEASURE;
      }
      List<LeakVerdict> verdicts = verdicts(recording, LeakOptions.USUAL.by(thresholds));
      output.write(switch (output.format()) {
        case JSON -> StoryJson.render(stories, verdicts);
        case HTML -> StoryHtml.render(told(recording, stories, verdicts), output.text());
        case TEXT -> StoryText.render(stories, output.text()) + text(verdicts, output);
        case OPENMETRICS, CSV -> throw new UsageException("a recording is told as text, html or json");
      }, console);
      return ExitCode.FINE;
    } catch (NotThisFormat foreign) {
      console.err().println("tare: " + file + ": " + foreign.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  private static List<Told> told(Recording recording, List<Story> stories, List<LeakVerdict> verdicts) {
    return IntStream.range(0, stories.size()).mapToObj(i -> new Told(stories.get(i), verdicts.get(i),
        Timelines.of(recording.tracks().get(i)), recording.tracks().get(i).ofTheLastProgram())).toList();
  }

  /** Does it leak? Asked of each process by itself. */
  private static List<LeakVerdict> verdicts(Recording recording, LeakOptions options) {
    return recording.tracks().parallelStream().map(track -> LeakJudge.judge(Timelines.of(track), options)).toList();
  }

  private static String text(List<LeakVerdict> verdicts, Output output) {
    return verdicts.stream().map(verdict -> OverTimeRenderers.render(verdict, Format.TEXT, output.text()))
        .collect(Collectors.joining());
  }
}
