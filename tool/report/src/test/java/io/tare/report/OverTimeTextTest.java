package io.tare.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LogSummary;
import io.tare.model.history.Story;
import io.tare.model.history.WatchView;
import io.tare.report.live.WatchScreen;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.story.StoryJson;
import io.tare.report.story.StoryText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Stories and screens as they are set. */
class OverTimeTextTest {
  @Test
  void whatBecameMoreFromCountToCountIsNamed() {
    assertThat(OverTimeRenderers.render(OverTimeSamples.leak(), Format.TEXT, TextOptions.plain(100))).contains(
        "more from count to count, by class\n    orders.Session: 3.00 MB to 15.0 MB, 12,300 to 61,500 objects, over 6 counts\n"
            + "    byte[]: 30.0 MB to 50.0 MB, 80,000 to 130,000 objects, over 6 counts\n");
  }

  @Test
  void aStoryTellsBaselinePhasesPeakAndEnd() {
    String text = StoryText.render(List.of(OverTimeSamples.story()), TextOptions.plain(100));
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
    String text = StoryText.render(List.of(OverTimeSamples.story()), TextOptions.plain(40).inAscii());
    assertThat(text.lines()).allMatch(line -> line.length() <= 40);
    assertThat(text.chars()).allMatch(c -> c < 127);
  }

  @Test
  void theStoryAsJsonHasBytesAsWholeNumbers() {
    assertThat(StoryJson.render(List.of(OverTimeSamples.story()), List.of(OverTimeSamples.leak())))
        .contains("\"schema\": \"tare.story/1\"", "629145600", "OUT_OF_MEMORY");
  }

  @Test
  void theStoryAsJsonHasTheVerdictThatTheTextHas() {
    assertThat(StoryJson.render(List.of(OverTimeSamples.story()), List.of(OverTimeSamples.leak()))).contains(
        "\"verdict\": {",
        "\"answer\": \"leak\"");
  }

  @Test
  void theScreenFitsItsTerminal() {
    String screen = WatchScreen.render(OverTimeSamples.screen(), TextOptions.plain(90), 24);
    assertThat(screen.lines()).hasSizeLessThanOrEqualTo(24).allMatch(line -> line.length() <= 90);
    assertThat(screen).contains("gross 512 MB", "▁", "█", "malloc: in use",
        "threads 12 (\u22121)", "bad", "03:04:05 LOADED", "ALERT", "50.0 % of the limit", "LEAK?  ");
    assertThat(WatchScreen.line(OverTimeSamples.screen(), TextOptions.plain(90)))
        .startsWith("03:04:05  gross 512 MB (+1.00 MB)")
        .contains("leak: yes (").endsWith("\n");
  }

  /** After a minute and a half an hour's worth is a guess: 250 KB were seen, of 512 MB. */
  @Test
  void aRateIsSaidOnceItMeansSomething() {
    assertThat(rateOfGross(90_000)).isEqualTo("+1.00 MB");
    assertThat(rateOfGross(900_000)).isEqualTo("+1.00 MB steady");
    assertThat(rateOfGross(3_600_000)).isEqualTo("+1.00 MB +10.0 MB/h");
  }

  private static String rateOfGross(long sinceMillis) {
    WatchView view = OverTimeSamples.screen();
    String screen = WatchScreen.render(new WatchView(view.process(), view.epochMillis(), sinceMillis, view.netBytes(),
        view.ledgerAgeMillis(), view.scales(), view.heap(), view.accounts(), view.counts(), view.gc(), view.marks(),
        view.alerts(), view.endedBy(), view.verdict()), TextOptions.plain(90), 24);
    String gross = screen.lines().filter(line -> line.endsWith("Gross  rss")).findFirst().orElseThrow();
    return gross.substring(13, 39).strip().replaceAll(" +", " ");
  }

  @Test
  void theColourOfAVerdictIsThatOfItsAnswer() {
    assertThat(painted(LeakVerdict.Answer.LEAK)).contains("\u001b[1;31mThe answer.");
    assertThat(painted(LeakVerdict.Answer.NO_LEAK)).contains("\u001b[32mThe answer.");
    assertThat(painted(LeakVerdict.Answer.CANNOT_TELL)).contains("\u001b[33mThe answer.");
  }

  private static String painted(LeakVerdict.Answer answer) {
    return OverTimeRenderers.render(verdict(answer), Format.TEXT, TextOptions.plain(90).withColour());
  }

  private static LeakVerdict verdict(LeakVerdict.Answer answer) {
    return new LeakVerdict("orders", Instant.EPOCH, Instant.EPOCH, answer, "The answer.", List.of(), Optional.empty(),
        Optional.of(Duration.ofMinutes(4)), Optional.empty(), List.of());
  }

  @Test
  void aLineSaysHowMuchLongerAVerdictNeeds() {
    WatchView view = OverTimeSamples.screen();
    assertThat(line(view, LeakVerdict.Answer.CANNOT_TELL)).endsWith("  leak: cannot tell yet (needs 4 min more)\n");
    assertThat(line(view, LeakVerdict.Answer.NO_LEAK)).endsWith("  leak: none so far\n");
  }

  private static String line(WatchView view, LeakVerdict.Answer answer) {
    return WatchScreen.line(new WatchView(view.process(), view.epochMillis(), view.sinceMillis(), view.netBytes(),
        view.ledgerAgeMillis(), view.scales(), view.heap(), view.accounts(), view.counts(), view.gc(), view.marks(),
        view.alerts(), view.endedBy(), Optional.of(verdict(answer))), TextOptions.plain(90));
  }

  @Test
  void whatOnlyGrewDidNotComeBack() {
    Story fell = OverTimeSamples.longStory();
    Story grew = new Story(fell.process(), fell.from(), fell.to(), fell.readings(), fell.ledgers(), fell.baseline(),
        fell.phases(), fell.peakAt(), fell.peakBytes(), fell.kernelPeakBytes(), fell.last(), fell.peakLedger(),
        fell.lastBytes(), fell.grew(), List.of(), fell.killsBefore(), fell.gc(), fell.strain(), fell.family(),
        fell.ending(), fell.closing());
    assertThat(StoryText.render(List.of(fell), TextOptions.plain(90))).contains("CAME BACK  388 MB between");
    assertThat(StoryText.render(List.of(grew), TextOptions.plain(90))).contains("CAME BACK  nothing");
  }

  /** Who is killed wants to know that first, then who grew; that collecting was cheap is no comfort. */
  @Test
  void aKillForWantOfMemoryIsSaidFirstWithWhatGrew() {
    Story killed = OverTimeSamples.story();
    String text = StoryText.render(List.of(killed), TextOptions.plain(110));
    assertThat(text.indexOf("Killed for want of memory")).isPositive().isLessThan(text.indexOf("Gross began"));
    assertThat(text).contains("what grew until the heaviest ledger: heap.used +300 MB.", "GREW  from the first ledger",
        "The kernel had killed here for want of memory before: 2 times.").doesNotContain("excellent");
    assertThat(StoryText.render(List.of(OverTimeSamples.longStory()), TextOptions.plain(110)))
        .contains("GC took").doesNotContain("Killed", "had killed here", "GREW");
  }

  @Test
  void wantOfMemoryIsSaidWhereItCostSomething() {
    String text = StoryText.render(List.of(OverTimeSamples.story()), TextOptions.plain(90)).replaceAll("\\s+", " ");
    assertThat(text).contains("meanwhile its container waited 3.2 s for memory; 40.0 MB came back from swap; "
        + "1,240 pages had to be read before it went on");
    assertThat(StoryText.render(List.of(OverTimeSamples.longStory()), TextOptions.plain(200)))
        .doesNotContain("meanwhile", "ALL TOGETHER");
  }

  @Test
  void aFamilyIsToldOnceAfterAllItsMembers() {
    String text = StoryText.render(List.of(OverTimeSamples.story(), OverTimeSamples.longStory()),
        TextOptions.plain(110));
    assertThat(text).containsOnlyOnce(
        "ALL TOGETHER  at most 660 MB, what they share counted once (RSS: 900 MB)")
        .contains("4712 helper", "1 process more came and went before that could be read.");
  }

  @Test
  void aLogWithoutPausesSaysSoAndHasNoRates() {
    LogSummary.Collections gc = new LogSummary.Collections("", "", 0.5, 1, 0, 5 << 20, 9 << 20, 1 << 20,
        OptionalLong.empty(), 1 << 20, 1 << 20, new LogSummary.Pauses(0, 0, 0, 0, 0, 0), OptionalDouble.empty(),
        List.of());
    LogSummary log = new LogSummary(List.of("gc.log"), 1, 0, Optional.of(gc), Optional.empty(), Optional.empty(),
        Optional.empty(), List.of());
    assertThat(OverTimeRenderers.render(log, Format.TEXT, TextOptions.plain(90)))
        .contains("all of them understood", "collector not named in the log", "No pauses are in this log.")
        .doesNotContain("per second", "committed");
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
