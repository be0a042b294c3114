package io.tare.sync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.sync.bench.TunePoint.Speed;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuneTest {
  @Test
  void apointIsBestUnlessAnotherIsAtLeastAsGoodInAllAndBetterInOne() {
    TunePoint small = point(100, 50);
    TunePoint large = point(1000, 500);
    TunePoint useless = point(90, 60);
    List<TunePoint> all = List.of(small, large, useless);
    assertThat(all).extracting(point -> point.isBest(all)).containsExactly(true, true, false);
  }

  @Test
  void thePlotShowsEveryPointAndWhichAreBest() {
    List<String> lines = ParetoPlot.draw(List.of(point(100, 50), point(1000, 500), point(90, 60)));
    String text = String.join("\n", lines);
    assertThat(text).contains("A batched 1,000: nothing beats it").contains("c batched 1,000")
        .contains("1,000 files per processor second");
    assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("|").contains("B"));
  }

  @Test
  void aResultSurvivesItsLine() {
    PhaseResult result = new PhaseResult("prepare", 10, new PhaseResult.Times(5, 4),
        new PhaseResult.Memory(new PhaseResult.Heap(1, 2, 3), 4, 5), new PhaseResult.FileGrowth(6, 7));
    assertThat(PhaseTsv.parse(PhaseTsv.row(result))).contains(result);
    assertThat(PhaseTsv.parse(PhaseTsv.header())).isEmpty();
  }

  @Test
  void syntheticPathsHaveAHundredBytesAndAreInOrder() {
    long bytes = 0;
    String last = "";
    for (int i = 0; i < 10_000; i++) {
      String path = SyntheticFiles.path(i);
      assertThat(path).isGreaterThan(last);
      bytes += path.length();
      last = path;
    }
    assertThat(bytes / 10_000.0).isBetween(99.0, 101.0);
  }

  private static TunePoint point(double filesPerSecond, long rssBytes) {
    return new TunePoint("batched", 1000, new Speed(filesPerSecond, filesPerSecond), 1, 1, rssBytes, 0);
  }
}
