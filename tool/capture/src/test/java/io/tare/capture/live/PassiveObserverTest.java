package io.tare.capture.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A passive reading leaves no trace in its target. */
@Tag("slow")
class PassiveObserverTest {
  private static final int READINGS = 20;
  private static final long SLACK_KB = 64;

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  /** What looking could change, by the kernel's own count. */
  private record Trace(long minorFaults, long majorFaults, String rss, String pending, String shared) {
    static Trace of(Child child) throws Exception {
      String stat = Files.readString(child.folder().file("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return new Trace(Long.parseLong(fields[7]), Long.parseLong(fields[9]), child.status("VmRSS"),
          child.status("SigPnd"), child.status("ShdPnd"));
    }

    long rssKb() {
      return Long.parseLong(rss.replace(" kB", ""));
    }
  }

  private static void read(Child child) throws Exception {
    for (int i = 0; i < READINGS; i++) {
      Capture capture = new Capturer().capture(child.pid(), CaptureOptions.PASSIVE, Progress.NONE);
      assertThat(capture.artifact(ArtifactNames.PAGES).map(Artifact::outcome)).contains(Outcome.TAKEN);
      assertThat(capture.asked()).isEmpty();
    }
  }

  /** Waits until the process has done its start and changes no more by itself. */
  private static Trace settled(Child child) throws Exception {
    Trace last = Trace.of(child);
    for (int quiet = 0; quiet < 10;) {
      Thread.sleep(30);
      Trace now = Trace.of(child);
      quiet = now.equals(last) && child.folder().identity().orElseThrow().state() == 'S' ? quiet + 1 : 0;
      last = now;
    }
    return last;
  }

  @Test
  void aQuietProcessIsTheSameAfterTwentyReadings() throws Exception {
    try (Child sleep = Child.sleeping()) {
      Trace before = settled(sleep);
      read(sleep);
      assertThat(Trace.of(sleep)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void anIdleJvmGrowsNoMoreThanItDoesWhenNobodyLooks(Jdk jdk) throws Exception {
    try (Child jvm = jdk.idle()) {
      Thread.sleep(500);
      Trace before = Trace.of(jvm);
      long began = System.nanoTime();
      read(jvm);
      long millis = Math.max(1, (System.nanoTime() - began) / 1_000_000);
      Trace between = Trace.of(jvm);
      Thread.sleep(millis);
      Trace after = Trace.of(jvm);
      long byItself = Math.max(0, after.rssKb() - between.rssKb());
      assertThat(between.rssKb() - before.rssKb()).as("KB grown while read").isLessThanOrEqualTo(byItself + SLACK_KB);
      assertThat(between.majorFaults()).isEqualTo(before.majorFaults());
      assertThat(List.of(between.pending(), between.shared())).isEqualTo(List.of(before.pending(), before.shared()));
    }
  }
}
