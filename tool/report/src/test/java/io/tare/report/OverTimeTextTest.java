package io.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.AccountChange;
import io.tare.model.history.Ending;
import io.tare.model.history.GcLoad;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Story;
import io.tare.model.history.StoryPhase;
import io.tare.model.history.WatchRow;
import io.tare.model.history.WatchView;
import io.tare.model.history.Weighing;
import io.tare.model.history.WeighingReason;
import io.tare.report.live.WatchScreen;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.story.StoryJson;
import io.tare.report.story.StoryText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Stories and screens as they are set. */
class OverTimeTextTest {
  private static final long MB = 1 << 20;
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final RecordedProcess PROCESS = new RecordedProcess(4711, 1, "b", "orders\u001b[2J.jar", "HotSpot JVM",
      OptionalLong.of(1024 * MB));
  private static final Weighing LEDGER = new Weighing(START.toEpochMilli() + 5000, WeighingReason.MARK, 512 * MB,
      OptionalLong.of(200 * MB), Map.of("heap.used", 400 * MB), 112 * MB, 1000);

  private static Story story() {
    StoryPhase phase = new StoryPhase("START", "AFTER_RUN", 1, START, 5000, OptionalLong.of(1000), 100 * MB, 512 * MB,
        600 * MB, OptionalLong.of(-3 * MB), OptionalLong.of(-2), Optional.of(new GcLoad(14, 0.021, true, "good")),
        List.of(new AccountChange("heap.used", 0, 400 * MB), new AccountChange(StoryPhase.NOT_WEIGHED, 0, 12 * MB)));
    return new Story(PROCESS, START, START.plusSeconds(125), 120, 3, Optional.of(LEDGER), List.of(phase),
        START.plusSeconds(5), 600 * MB, OptionalLong.of(700 * MB), Optional.of(LEDGER), Optional.empty(), 90 * MB,
        List.of(), Optional.empty(),
        Optional.of(new Ending(1, Ending.Cause.OUT_OF_MEMORY, 9, "killed by the kernel for want of memory")),
        List.of("recording cost 0.05 %"));
  }

  @Test
  void aStoryTellsBaselinePhasesPeakAndEnd() {
    String text = StoryText.render(List.of(story()), TextOptions.plain(100));
    assertThat(text).contains("BASELINE", "START \u2192 AFTER_RUN", "1,000 items", "threads \u22122",
        "heap floor \u22123.00 MB",
        "GC took 2.1 % of the processor time in 14 runs: good", "moved while no ledger was taken",
        "the kernel saw 700 MB",
        "END  killed by the kernel for want of memory", "2 min 5 s", "recording cost 0.05 %");
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    assertThat(text).as("a name can't command the terminal").doesNotContain("\u001b");
  }

  @Test
  void aNarrowTerminalAndPlainCharactersAreEnough() {
    String text = StoryText.render(List.of(story()), TextOptions.plain(40).inAscii());
    assertThat(text.lines()).allMatch(line -> line.length() <= 40);
    assertThat(text.chars()).allMatch(c -> c < 127);
  }

  @Test
  void theStoryAsJsonHasBytesAsWholeNumbers() {
    assertThat(StoryJson.render(List.of(story()), List.of(OverTimeSamples.leak())))
        .contains("\"schema\": \"tare.story/1\"", "629145600", "OUT_OF_MEMORY");
  }

  @Test
  void theStoryAsJsonHasTheVerdictThatTheTextHas() {
    assertThat(StoryJson.render(List.of(story()), List.of(OverTimeSamples.leak()))).contains("\"verdict\": {",
        "\"answer\": \"leak\"");
  }

  @Test
  void theScreenFitsItsTerminal() {
    WatchRow row = new WatchRow("rss", 512 * MB, MB, OptionalDouble.of(10.0 * MB), List.of(1.0, 2.0, 3.0));
    WatchRow account = new WatchRow("malloc.used", 100 * MB, 0, OptionalDouble.empty(), List.of(5.0));
    WatchView view = new WatchView(PROCESS, START.toEpochMilli(), 90_000, OptionalLong.of(200 * MB),
        OptionalLong.of(4000),
        List.of(row), List.of(), List.of(account, account, account, account, account, account),
        List.of(new WatchRow("threads", 12, -1, OptionalDouble.empty(), List.of())),
        Optional.of(new GcLoad(3, 0.2, false, "bad")),
        List.of(new Mark(START, "LOADED", OptionalLong.empty(), "page")), List.of("rss > 1MB"), Optional.empty(),
        Optional.of(OverTimeSamples.leak()));
    String screen = WatchScreen.render(view, TextOptions.plain(90), 24);
    assertThat(screen.lines()).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 90);
    assertThat(screen).contains("gross 512 MB", "+10.0 MB/h", "▁", "█", "malloc: in use", "2 smaller accounts",
        "threads 12 (\u22121)", "bad", "03:04:05 LOADED", "ALERT", "50.0 % of the limit", "LEAK?  ");
    assertThat(WatchScreen.line(view, TextOptions.plain(90))).startsWith("03:04:05  gross 512 MB (+1.00 MB)")
        .contains("leak: yes (").endsWith("\n");
  }

  @Test
  void timesAreSaidAsLongAsTheyMatter() {
    assertThat(Time.lasting(340)).isEqualTo("340 ms");
    assertThat(Time.lasting(5_230)).isEqualTo("5.2 s");
    assertThat(Time.lasting(59_999)).isEqualTo("1 min");
    assertThat(Time.lasting(3 * 3_600_000 + 12 * 60_000)).isEqualTo("3 h 12 min");
    assertThat(Time.lasting(52 * 3_600_000L)).isEqualTo("2 d 4 h");
  }
}
