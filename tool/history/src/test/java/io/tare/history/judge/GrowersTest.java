package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Counting;
import io.tare.model.history.Counting.Count;
import io.tare.model.history.Counting.Kind;
import io.tare.model.history.LeakVerdict.Grower;
import io.tare.model.history.PointList;
import io.tare.model.history.Series;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What became more from count to count, and what is named first. */
class GrowersTest {
  private static final long MINUTE = 60_000;

  private final Map<String, long[]> bytes = new LinkedHashMap<>();
  private Kind kind = Kind.CLASS;
  private long leftOut;
  private boolean collects = true;

  private void has(String name, long... kilobytes) {
    bytes.put(name, kilobytes);
  }

  /** An object a 100 bytes; a name that has less than nothing was not kept. */
  private List<Grower> growers() {
    int moments = bytes.values().iterator().next().length;
    List<Counting> countings = new ArrayList<>();
    for (int i = 0; i < moments; i++) {
      int at = i;
      countings.add(new Counting(MINUTE * i, kind, bytes.entrySet().stream().filter(one -> one.getValue()[at] >= 0)
          .map(one -> one.getKey().startsWith("goroutines")
              ? new Count(one.getKey(), one.getValue()[at], 0)
              : new Count(one.getKey(), one.getValue()[at] * 1024 / 100, one.getValue()[at] * 1024))
          .toList(), leftOut, 1000));
    }
    long[] times = new long[moments];
    double[] runs = new double[moments];
    for (int i = 0; i < moments; i++) {
      times[i] = MINUTE * i;
      runs[i] = collects ? 3 * i : 7;
    }
    return Growers.of(new Timeline("orders, pid 1", Instant.EPOCH, Instant.ofEpochMilli(MINUTE * moments),
        List.of(new Series(SeriesNames.GC_RUNS, SeriesUnit.COUNT_COUNTER, new PointList(times, runs))), List.of(),
        OptionalLong.empty(), Optional.empty(), countings));
  }

  private List<String> names() {
    return growers().stream().map(Grower::name).toList();
  }

  @Test
  void theProgramsOwnClassIsNamedBeforeWhatItHolds() {
    has("byte[]", 10_000, 20_000, 30_000, 40_000, 50_000);
    has("java.util.HashMap$Node", 500, 900, 1_300, 1_700, 2_100);
    has("shop.Session", 100, 500, 900, 1_300, 1_700);
    has("shop.Settings", 300, 300, 300, 300, 300);
    assertThat(growers()).containsExactly(
        new Grower(Kind.CLASS, "shop.Session", 100 << 10, 1_700 << 10, 1_024, 17_408, 5),
        new Grower(Kind.CLASS, "byte[]", 10_000 << 10, 50_000 << 10, 102_400, 512_000, 5),
        new Grower(Kind.CLASS, "java.util.HashMap$Node", 500 << 10, 2_100 << 10, 5_120, 21_504, 5));
  }

  @Test
  void anOwnClassThatExplainsNothingIsNotNamedFirst() {
    has("byte[]", 10_000, 60_000, 110_000, 160_000, 210_000);
    has("shop.Counter", 100, 130, 160, 180, 200);
    assertThat(names()).containsExactly("byte[]", "shop.Counter");
  }

  @Test
  void whatComesAndGoesDoesNotGrow() {
    has("byte[]", 10_000, 40_000, 12_000, 38_000, 50_000, 9_000);
    has("shop.Request", 100, 4_000, 900, 100, 3_000, 4_100);
    assertThat(names()).isEmpty();
  }

  @Test
  void whatGrewInTheFirstHalfOnlyWasWarmUp() {
    has("shop.Cache", 100, 4_000, 7_000, 7_900, 7_910, 7_920, 7_930);
    assertThat(names()).isEmpty();
  }

  @Test
  void whileNothingIsCollectedGarbageGrowsToo() {
    has("shop.Request", 100, 4_000, 8_000, 12_000, 16_000);
    assertThat(names()).containsExactly("shop.Request");
    collects = false;
    assertThat(names()).isEmpty();
    kind = Kind.TYPE;
    assertThat(names()).as("CPython has none").containsExactly("shop.Request");
  }

  @Test
  void threeCountsAreEnoughWhereThereIsNoGarbage() {
    has("shop.Request", 100, 4_000, 8_000);
    assertThat(names()).isEmpty();
    kind = Kind.TYPE;
    assertThat(names()).containsExactly("shop.Request");
    bytes.put("shop.Request", new long[] {100, 4_000});
    assertThat(names()).isEmpty();
  }

  /** What was too small to be kept had at most what the smallest one left out had. */
  @Test
  void aNameThatWasNotAmongTheHeaviestHadAtMostTheirLeast() {
    has("shop.Session", -1, -1, 900, 1_300, 1_700);
    leftOut = 600 << 10;
    assertThat(growers()).containsExactly(
        new Grower(Kind.CLASS, "shop.Session", 600 << 10, 1_700 << 10, 0, 17_408, 5));
    leftOut = 2_000 << 10;
    assertThat(names()).as("it may have had more than now").isEmpty();
  }

  @Test
  void goroutinesAreCountedAndComeBeforeTheRuntimesOwn() {
    kind = Kind.FUNCTION;
    has("runtime.malg", 100, 200, 300, 400, 500);
    has("goroutines in main.wait, made by main.main", 10, 110, 210, 310, 410);
    has("goroutines in main.serve", 10, 12, 14, 16, 18);
    assertThat(names()).containsExactly("goroutines in main.wait, made by main.main", "runtime.malg");
  }

  @Test
  void whatFillsTheHolesOfAHeapIsNoLeak() {
    has("jdk.internal.vm.FillerElement[]", 100, 1_000, 2_000, 3_000, 4_000);
    assertThat(names()).isEmpty();
  }
}
