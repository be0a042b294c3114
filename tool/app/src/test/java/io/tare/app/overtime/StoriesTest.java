package io.tare.app.overtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.capture.proc.Hsperfdata;
import io.tare.capture.proc.ProcessFolder;
import io.tare.cases.faults.launch.InstalledJdks;
import io.tare.cases.faults.launch.RunningStory;
import io.tare.cases.faults.overtime.Story;
import io.tare.cases.faults.overtime.StoryTable;
import io.tare.formats.ParseLimits;
import io.tare.formats.jvm.PerfDataBytes;
import io.tare.history.compare.CaptureTimeline;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.model.history.LeakVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A few programs with a fast clock, watched side by side for half a minute: the short form of {@code bench/overtime}, which plays
 * all of them for ten minutes.
 */
@Tag("slow")
class StoriesTest {
  private static final double SPEED = 40;
  private static final int ENOUGH = 30;
  private static final Duration WATCHED = Duration.ofSeconds(25);
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final List<String> TOLD = List.of("thread-leak", "direct-buffer-leak", "inflater-leak", "idle");

  @TempDir
  private Path directory;

  @Test
  void leaksAreChargedToTheirAccountsAndAHealthyProgramIsNotAccused() throws Exception {
    for (Path java : InstalledJdks.javaByFeature().values()) {
      Map<Story, LeakVerdict> verdicts = watch(java);
      verdicts.forEach((story, verdict) -> {
        String why = story.name() + " with " + java + ": " + verdict.summary() + verdict.courses();
        if (story.leaks().isEmpty()) {
          assertThat(verdict.leaking()).as(why).isEmpty();
        }
        for (String account : story.leaks().keySet()) {
          assertThat(verdict.leaking()).as(why).anyMatch(id -> id.startsWith(account));
        }
      });
    }
  }

  private Map<Story, LeakVerdict> watch(Path java) throws Exception {
    List<RunningStory> running = new ArrayList<>();
    Map<Story, CaptureTimeline> lines = new LinkedHashMap<>();
    try {
      for (String name : TOLD) {
        Story story = StoryTable.byName(name).orElseThrow();
        running.add(RunningStory.start(story, new RunningStory.Wish(java, SPEED, LONGEST.multipliedBy(2), directory)));
        lines.put(story, new CaptureTimeline());
      }
      sample(running, List.copyOf(lines.values()));
    } finally {
      for (RunningStory one : running) {
        one.close();
      }
    }
    Map<Story, LeakVerdict> verdicts = new LinkedHashMap<>();
    LeakOptions options = LeakOptions.USUAL.resting(Duration.ofSeconds(12));
    lines.forEach((story, line) -> verdicts.put(story, LeakJudge.judge(line.timeline(), options)));
    return verdicts;
  }

  /** On a busy machine captures come slowly: enough of them are waited for, within reason. */
  private static void sample(List<RunningStory> running, List<CaptureTimeline> lines) throws Exception {
    Instant start = Instant.now();
    int captures = 0;
    for (int round = 0; captures < ENOUGH || Instant.now().isBefore(start.plus(WATCHED)); round++) {
      if (Instant.now().isAfter(start.plus(LONGEST))) {
        abort("this machine is too busy: " + captures + " captures in " + LONGEST.toSeconds() + " s");
      }
      for (int i = 0; i < running.size(); i++) {
        long pid = running.get(i).pid();
        if (round % 2 == 0) {
          lines.get(i).add(new Capturer().capture(pid, CaptureOptions.PASSIVE, Progress.NONE));
        } else {
          glance(pid, lines.get(i));
        }
      }
      captures += round % 2 == 0 ? 1 : 0;
      Thread.sleep(250);
    }
  }

  private static void glance(long pid, CaptureTimeline line) throws Exception {
    Hsperfdata read = Hsperfdata.read(new ProcessFolder(Path.of("/proc"), pid));
    byte[] counters = read.bytes();
    assertThat(counters).as(read.artifact().note()).isNotEmpty();
    line.add(Instant.now(), PerfDataBytes.parse("hsperfdata", counters, ParseLimits.DEFAULT).value());
  }

  @Test
  void everyStoryStatesItsTruthAndEndsWithItsInput() throws Exception {
    Path java = InstalledJdks.javaByFeature().firstEntry().getValue();
    for (Story story : StoryTable.all()) {
      try (RunningStory running = start(story, java)) {
        assertThat(running.line()).containsEntry("story", story.name()).containsEntry("ready", true)
            .containsEntry("pid", running.pid()).containsKeys("leaksPerMinute", "growsPerMinute");
      }
    }
    assertThat(directory.toFile().list()).as("files left behind").isEmpty();
  }

  private RunningStory start(Story story, Path java) throws Exception {
    return RunningStory.start(story, new RunningStory.Wish(java, 1, Duration.ofSeconds(20), directory));
  }
}
