package io.tare.app.command;

import io.tare.app.ExitCode;
import io.tare.app.cli.Console;
import io.tare.app.cli.UsageException;
import io.tare.formats.NotThisFormat;
import io.tare.history.live.RecordingFiles;
import io.tare.history.phases.Stories;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Timelines;
import io.tare.history.verdict.LeakJudge;
import io.tare.history.verdict.LeakOptions;
import io.tare.model.history.Story;
import io.tare.model.history.Timeline;
import io.tare.report.Format;
import io.tare.report.json.StoryJson;
import io.tare.report.overtime.OverTimeRenderers;
import io.tare.report.text.StoryText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Tells the story of a recording file. */
final class RecordingStory {
  static final String ENDING = ".tarerec";

  private RecordingStory() {}

  static boolean isRecording(String operand) {
    return operand.endsWith(ENDING);
  }

  static int print(Path file, Output output, Console console) throws IOException, UsageException {
    try {
      Recording recording = RecordingFiles.open(file);
      List<Story> stories = Stories.of(recording);
      if (stories.isEmpty()) {
        console.err().println("tare: " + file + " holds no process: the recorder was stopped before it saw one");
        return ExitCode.COULD_NOT_MEASURE;
      }
      output.write(switch (output.format()) {
        case TEXT -> StoryText.render(stories, output.text()) + verdicts(recording, output);
        case JSON -> StoryJson.render(stories);
        case HTML, OPENMETRICS -> throw new UsageException("a recording is told as text or json");
      }, console);
      return ExitCode.FINE;
    } catch (NotThisFormat foreign) {
      console.err().println("tare: " + file + ": " + foreign.getMessage());
      return ExitCode.COULD_NOT_MEASURE;
    }
  }

  /** Does it leak? Asked of each process by itself. */
  private static String verdicts(Recording recording, Output output) throws UsageException {
    StringBuilder all = new StringBuilder();
    for (Timeline timeline : Timelines.of(recording)) {
      all.append(OverTimeRenderers.render(LeakJudge.judge(timeline, LeakOptions.USUAL), Format.TEXT, output.text()));
    }
    return all.toString();
  }
}
