package io.tare.history.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.recording.Entry;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.SampleRecordings;
import io.tare.model.history.Advice;
import io.tare.model.history.Advice.Setting;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How many workers, and when that can't be said. */
class WorkersTest {
  private static final long START = SampleRecordings.START;
  private static final long MB = 1 << 20;
  private static final Duration LEAST = Duration.ofMinutes(5);
  private static final int BUSY_PERCENT = 20;

  /** A server of 20 MB and its workers, from the first to the last second. */
  private static List<RecordedTrack> family(String name, int seconds, int busyPercent, long... workerMegabytes) {
    List<Entry> entries = new ArrayList<>(List.of(new Entry.Opened(START, "0.1", 1000)));
    add(entries, 1, name, seconds, 0, 20);
    for (int i = 0; i < workerMegabytes.length; i++) {
      add(entries, i + 2, name, seconds, busyPercent, workerMegabytes[i]);
    }
    return SampleRecordings.recording(entries).tracks();
  }

  private static void add(List<Entry> entries, int number, String name, int seconds, int busyPercent, long megabytes) {
    entries.add(new Entry.Target(START, number,
        new RecordedProcess(100 + number, number, "boot", name, "CPython", OptionalLong.empty())));
    for (int second = 0; second <= seconds; second += 10) {
      long[] values = Sample.noValues();
      values[SampleColumn.RSS_ANON.index()] = 40 * MB;
      values[SampleColumn.THREADS.index()] = 1;
      values[SampleColumn.CPU_NANOS.index()] = second * 10_000_000L * busyPercent;
      if (megabytes > 0) {
        values[SampleColumn.PSS.index()] = (megabytes - (second == 0 ? 5 : 0)) * MB;
      }
      entries.add(new Entry.Sampled(number, Sample.of(START + second * 1000L, values)));
    }
  }

  private static Advice below(long limitMegabytes, List<RecordedTrack> family) {
    return Workers.of(family, limitMegabytes == 0 ? OptionalLong.empty() : OptionalLong.of(limitMegabytes * MB), LEAST);
  }

  private static long megabytes(Advice advice, String id) {
    return advice.setting(id).map(Setting::bytes).orElseThrow() / MB;
  }

  /** Each 50 MB and a twentieth, and for the kernel 40 MB / 400, a thread and 1 MB; the server 20 MB likewise. */
  @Test
  void oneMoreTakesWhatTheHeaviestDoesAndAsManyFitAsAreLeftRoomFor() {
    List<RecordedTrack> family = family("gunicorn", 400, BUSY_PERCENT, 40, 50, 45, 42);
    Advice asRecorded = below(0, family);
    assertThat(asRecorded.refusals()).isEmpty();
    assertThat(megabytes(asRecorded, Advice.WORKER)).isEqualTo(54);
    assertThat(megabytes(asRecorded, Advice.LIMIT)).isEqualTo(23 + 4 * 54);
    assertThat(asRecorded.setting(Advice.WORKERS).orElseThrow().option()).isEqualTo("WEB_CONCURRENCY=4");
    Advice fitting = below(292, family);
    assertThat(fitting.setting(Advice.WORKERS).orElseThrow().option()).as("(292 - 23) / 54 is 4.98")
        .isEqualTo("WEB_CONCURRENCY=4");
    assertThat(below(293, family).setting(Advice.WORKERS).orElseThrow().option()).isEqualTo("WEB_CONCURRENCY=5");
    assertThat(megabytes(below(293, family), Advice.LIMIT)).isEqualTo(293);
  }

  @Test
  void eachServerTakesTheNumberInItsOwnWords() {
    assertThat(below(0, family("php-fpm8.2", 400, BUSY_PERCENT, 30, 30)).setting(Advice.WORKERS).orElseThrow().option())
        .isEqualTo("pm.max_children = 2");
    assertThat(below(0, family("forks", 400, BUSY_PERCENT, 30, 30)).setting(Advice.WORKERS).orElseThrow().option())
        .isEqualTo("2 workers");
  }

  @Test
  void whatOverrulesTheNumberIsSaidWhereItIsReadFromTheEnvironment() {
    String overruled = "A number of workers on the server's command line or in its settings overrules WEB_CONCURRENCY.";
    assertThat(below(0, family("gunicorn", 400, BUSY_PERCENT, 40, 40)).risks()).hasSize(4).endsWith(overruled);
    assertThat(below(0, family("forks", 400, BUSY_PERCENT, 40, 40)).risks()).hasSize(3).doesNotContain(overruled);
  }

  @Test
  void whatCannotBeToldIsRefused() {
    assertThat(below(0, family("gunicorn", 400, BUSY_PERCENT, 40)).refusals()).singleElement().asString()
        .contains("no two workers", "tare record 101 --children");
    assertThat(below(0, family("gunicorn", 290, BUSY_PERCENT, 40, 40)).refusals()).singleElement().asString()
        .contains("shows no peak");
    assertThat(below(0, family("gunicorn", 400, 0, 40, 40)).refusals()).singleElement().asString()
        .contains("the workers used 0.0 % of a processor");
    assertThat(below(0, family("gunicorn", 400, BUSY_PERCENT, 40, 0)).refusals()).singleElement().asString()
        .contains("was not read of all of them");
    assertThat(below(70, family("gunicorn", 400, BUSY_PERCENT, 50, 50)).refusals()).singleElement().asString()
        .isEqualTo("below 70.0 MB not one worker fits: without any 23.0 MB are needed, and each takes 54.0 MB");
  }

  @Test
  void whatIsThereForAMomentIsNoWorker() {
    List<Entry> entries = new ArrayList<>(List.of(new Entry.Opened(START, "0.1", 1000)));
    add(entries, 1, "puma", 400, 0, 20);
    add(entries, 2, "puma", 400, BUSY_PERCENT, 40);
    add(entries, 3, "puma", 400, BUSY_PERCENT, 40);
    add(entries, 4, "puma", 190, BUSY_PERCENT, 400);
    assertThat(megabytes(below(0, SampleRecordings.recording(entries).tracks()), Advice.WORKER)).isEqualTo(44);
  }

  /** Two caches of 10 MB beside the server of 20 MB: 40 and a twentieth, and for the kernel of each process 40 MB / 400, a thread and 1 MB. */
  @Test
  void whatElseTheServerStartsIsPaidForOnce() {
    List<Entry> entries = new ArrayList<>(List.of(new Entry.Opened(START, "0.1", 1000)));
    add(entries, 1, "puma", 400, 0, 20);
    add(entries, 2, "puma", 400, BUSY_PERCENT, 40);
    add(entries, 3, "puma", 400, BUSY_PERCENT, 40);
    add(entries, 4, "puma", 400, BUSY_PERCENT, 40);
    add(entries, 5, "cache", 400, 0, 10);
    add(entries, 6, "cache", 400, 0, 10);
    Advice advice = below(0, SampleRecordings.recording(entries).tracks());
    assertThat(megabytes(advice, Advice.WORKER)).isEqualTo(44);
    assertThat(megabytes(advice, Advice.LIMIT)).isEqualTo(46 + 3 * 44);
    assertThat(advice.setting(Advice.WORKERS).orElseThrow().option()).isEqualTo("WEB_CONCURRENCY=3");
  }
}
