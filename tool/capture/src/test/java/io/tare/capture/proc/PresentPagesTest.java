package io.tare.capture.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.kernel.PagemapScan;
import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.capture.proc.Pagemap.RunBuilder;
import io.tare.formats.ParseLimits;
import io.tare.formats.proc.PageRunsBytes;
import io.tare.formats.proc.SmapsText;
import io.tare.model.AddressRange;
import io.tare.model.capture.Outcome;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresentPagesTest {
  private static final long SLACK_BYTES = 64 << 10;

  private static Smaps smaps(Child child) throws Exception {
    return SmapsText.parse("smaps", Files.readAllBytes(child.folder().file("smaps")), ParseLimits.DEFAULT).value();
  }

  private static Deadline later() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  @Test
  void presentPagesOfEveryMappingAgreeWithItsResidentBytes() throws Exception {
    try (Child sleep = Child.sleeping()) {
      Smaps smaps = smaps(sleep);
      PresentPages.Survey survey = PresentPages.survey(sleep.folder(), smaps, later());
      for (Mapping mapping : smaps.mappings()) {
        // The kernel's own pages and its zero page are present without being counted.
        if (mapping.bytes().rss() > 0) {
          assertThat(survey.pages().presentBytes(mapping.range())).as(mapping.toString())
              .isGreaterThanOrEqualTo(mapping.bytes().rss());
        }
      }
      assertThat(PageRunsBytes.parse("pages", survey.artifact().bytes(), ParseLimits.DEFAULT).value().runs())
          .isEqualTo(survey.pages().runs());
    }
  }

  @Test
  void aPageThatTheKernelNamesTwiceCountsOnce() {
    RunBuilder runs = new RunBuilder();
    runs.add(0x1000, 0x5000);
    runs.add(0x3000, 0x6000);
    runs.add(0x4000, 0x5000);
    runs.add(0x8000, 0x8000);
    runs.add(0x9000, 0xa000);
    assertThat(runs.starts()).containsExactly(0x1000, 0x9000);
    assertThat(runs.ends()).containsExactly(0x6000, 0xa000);
  }

  @Test
  void readingAndScanningFindTheSameRuns() throws Exception {
    try (Child jvm = Jdk.own().idle()) {
      List<AddressRange> ranges = smaps(jvm).mappings().stream().filter(mapping -> mapping.bytes().rss() > 0)
          .map(Mapping::range).toList();
      RunBuilder scanned = new RunBuilder();
      try (PagemapScan scan = PagemapScan.open(jvm.folder().file("pagemap"))) {
        for (AddressRange range : ranges) {
          scan.scan(range, scanned::add);
        }
      } catch (IOException oldKernel) {
        assumeTrue(false, "this kernel has no PAGEMAP_SCAN: " + oldKernel.getMessage());
      }
      RunBuilder read = new RunBuilder();
      try (Pagemap pagemap = Pagemap.open(jvm.folder().file("pagemap"))) {
        assertThat(pagemap.survey(ranges, read, later())).isEqualTo(ranges.size());
      }
      assertThat(bytes(read)).isCloseTo(bytes(scanned), offset(SLACK_BYTES));
    }
  }

  private static long bytes(RunBuilder runs) {
    long sum = 0;
    for (int i = 0; i < runs.starts().length; i++) {
      sum += runs.ends()[i] - runs.starts()[i];
    }
    return sum;
  }

  @Test
  void aMappingOfTerabytesCostsNoMoreThanWhatIsResidentInIt() throws Exception {
    try (Child sparse = Child.start(Jdk.own().command("Sparse")).whenItSays("ready")) {
      Smaps smaps = smaps(sparse);
      Mapping huge = smaps.mappings().stream().filter(mapping -> mapping.name().contains("tare-sparse"))
          .filter(mapping -> mapping.bytes().rss() > 0).findFirst().orElseThrow();
      assertThat(huge.range().bytes()).isGreaterThan(1L << 40);
      long began = System.nanoTime();
      PresentPages.Survey survey = PresentPages.survey(sparse.folder(), smaps, later());
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      if (survey.artifact().outcome() == Outcome.TAKEN) {
        assertThat(survey.pages().presentBytes(huge.range())).isEqualTo(huge.bytes().rss());
      } else {
        assertThat(survey.artifact().note()).contains("nearly empty mappings are left out");
      }
    }
  }

  @Test
  void whenTheTimeIsUpWhatWasSurveyedIsWholeAndTheNoteSaysSo() throws Exception {
    try (Child sleep = Child.sleeping()) {
      PresentPages.Survey survey = PresentPages.survey(sleep.folder(), smaps(sleep), Deadline.in(Duration.ZERO));
      assertThat(survey.artifact().outcome()).isEqualTo(Outcome.PARTIAL);
      assertThat(survey.artifact().note()).contains("time budget");
      assertThat(survey.pages().surveyed()).isEmpty();
    }
  }
}
