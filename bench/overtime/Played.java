import io.tare.cases.faults.launch.RunningStory;
import io.tare.cases.faults.overtime.Story;
import io.tare.cases.faults.scene.Skipped;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A story that runs, with a {@code tare record} of its own beside it: what a user would start, with what is usual. */
final class Played implements AutoCloseable {
  private final RunningStory running;
  private final Process recorder;

  private Played(RunningStory running, Process recorder) {
    this.running = running;
    this.recorder = recorder;
  }

  /** The file of a play says in its name what was played. */
  static String fileName(int feature, String collector, Story story) {
    return feature + "-" + collector + "-" + story.name() + ".tarerec";
  }

  static Played start(Story story, int feature, Path java, String collector, Path folder, Options options)
      throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(story.flags());
    flags.addAll(Options.COLLECTORS.get(collector));
    Story flagged = new Story(story.name(), story.sentence(), story.maker(), flags, story.leaks(), story.grows(),
        story.busy(), story.heldOut());
    Duration hold = Duration.ofSeconds(Math.round(options.minutes() * 60) + 600);
    try {
      RunningStory running = RunningStory.start(flagged, new RunningStory.Wish(java, 1, hold, folder));
      Path file = folder.resolve(fileName(feature, collector, story));
      List<String> command = new ArrayList<>(List.of(options.tare().toString(), "record", Long.toString(running.pid()),
          "-o", file.toString(), "--for", Math.round(options.minutes() * 60) + "s"));
      if (!options.settle().isEmpty()) {
        command.add("--settle=" + options.settle());
      }
      Process recorder = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(Redirect.DISCARD).start();
      return new Played(running, recorder);
    } catch (Skipped skipped) {
      throw new IOException(skipped);
    }
  }

  /** Waits for the end of the recording, then ends the story. */
  @Override
  public void close() throws IOException {
    try {
      int code = recorder.waitFor();
      if (code != 0) {
        System.err.println("a recorder ended with exit code " + code);
      }
    } catch (InterruptedException stopped) {
      recorder.destroy();
      Thread.currentThread().interrupt();
    } finally {
      running.close();
    }
  }
}
