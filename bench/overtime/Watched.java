import io.tare.capture.CaptureException;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.cases.faults.launch.RunningStory;
import io.tare.cases.faults.overtime.Story;
import io.tare.cases.faults.scene.Skipped;
import io.tare.history.captures.CaptureTimeline;
import io.tare.history.verdict.LeakJudge;
import io.tare.history.verdict.LeakOptions;
import io.tare.capture.proc.Hsperfdata;
import io.tare.capture.proc.ProcessFolder;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.jvm.PerfDataBytes;
import java.io.IOException;
import java.time.Instant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A story that runs and is captured again and again. */
final class Watched {
  private final Story story;
  private final RunningStory running;
  private final CaptureTimeline line = new CaptureTimeline();
  private int captures;
  private int missed;

  private Watched(Story story, RunningStory running) {
    this.story = story;
    this.running = running;
  }

  static Watched start(Story story, Path java, Path directory, Options options)
      throws IOException, InterruptedException {
    Duration hold = Duration.ofSeconds((long) options.wallSeconds() + 600);
    try {
      return new Watched(story, RunningStory.start(story, new RunningStory.Wish(java, options.speed(), hold, directory)));
    } catch (Skipped skipped) {
      throw new IOException(skipped);
    }
  }

  /** One after the other, so that never more than one capture is being taken. */
  static void sampleAll(List<Watched> watched, Options options) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + (long) (options.wallSeconds() * 1e9);
    double often = Math.min(1, options.everySeconds());
    long nextCapture = start;
    for (long round = 1; System.nanoTime() < end; round++) {
      boolean capture = System.nanoTime() >= nextCapture;
      nextCapture += capture ? (long) (options.everySeconds() * 1e9) : 0;
      for (Watched one : watched) {
        one.glance();
        if (capture) {
          one.sample();
        }
      }
      long next = start + (long) (round * often * 1e9);
      Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
    }
  }

  /** The counters that the JVM keeps in a file: no capture, and next to no time. */
  private void glance() {
    try {
      byte[] file = Hsperfdata.read(new ProcessFolder(Path.of("/proc"), running.pid())).bytes();
      line.add(Instant.now(), PerfDataBytes.parse("hsperfdata", file, ParseLimits.DEFAULT).value());
    } catch (NotThisFormat none) {
      // The JVM is not up yet, or has ended: the next capture says so.
      missed++;
    }
  }

  private void sample() {
    try {
      line.add(new Capturer().capture(running.pid(), CaptureOptions.PASSIVE, Progress.NONE));
      captures++;
    } catch (CaptureException ended) {
      System.err.println(story.name() + ": " + ended.getMessage());
    }
  }

  Outcome judge(int feature, Options options) throws IOException {
    running.close();
    LeakOptions judging = LeakOptions.USUAL.resting(Duration.ofMillis((long) (300_000 / options.speed())));
    return new Outcome(story, feature, captures, options.speed(), LeakJudge.judge(line.timeline(), judging));
  }
}
