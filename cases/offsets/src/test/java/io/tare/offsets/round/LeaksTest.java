package io.tare.offsets.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.offsets.tracker.Variant;
import io.tare.probe.leftovers.Growth;
import io.tare.probe.leftovers.LeakOptions;
import io.tare.probe.leftovers.LeakProtocol;
import io.tare.probe.leftovers.LeakReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each leak is found by the library's protocol under its own name, and nothing is found where nothing leaks. */
@Tag("slow")
class LeaksTest {
  private static final LeakOptions SHORT = new LeakOptions(10, 4, Duration.ofMillis(200), false);

  @ParameterizedTest
  @EnumSource
  void aFleetThatClearsUpLeaksNothing(Variant variant) throws Exception {
    LeakReport report = LeakProtocol.run(SHORT, new Fleet(new Plan(variant, 2, 300, Set.of()))::round);
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.CLEAN);
  }

  @Test
  void loopsNotAwaitedAreNamedAsThreads() throws Exception {
    LeakReport report = report(Leak.LOOPS);
    assertThat(report.leaks().getFirst().what()).isEqualTo("threads");
    assertThat(report.leftovers()).anyMatch(leftover -> leftover.name().equals("offsets-commit-0"));
  }

  @Test
  void entriesNeverRemovedAreNamedAsNodesOfTheMap() throws Exception {
    assertThat(leaks(report(Leak.ENTRIES))).contains("java.util.HashMap$Node", "java.lang.Long");
  }

  @Test
  void timersNotStoppedAreNamedAsTimers() throws Exception {
    LeakReport report = report(Leak.TIMERS);
    assertThat(leaks(report)).contains("threads", "timers", ProgressReport.class.getName());
    assertThat(report.leftovers()).anyMatch(leftover -> leftover.name().equals("offsets-progress-0"));
  }

  @Test
  void staticReferencesAreNamedByWhatTheyKeep() throws Exception {
    assertThat(leaks(report(Leak.STATICS))).contains(Latencies.class.getName(), "long[]");
  }

  private static LeakReport report(Leak leak) throws Exception {
    LeakReport report = LeakProtocol.run(SHORT, new Fleet(new Plan(Variant.LOCKED_MAP, 2, 300, Set.of(leak)))::round);
    assertThat(report.verdict()).as(report.inWords()).isEqualTo(LeakReport.Verdict.LEAK);
    return report;
  }

  private static List<String> leaks(LeakReport report) {
    return report.leaks().stream().map(Growth::what).toList();
  }
}
