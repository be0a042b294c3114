package io.tare.report;

import io.tare.model.ledger.ByteRange;
import io.tare.model.profile.AllocationReport;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.Profile;
import io.tare.model.profile.Profile.Frame;
import io.tare.model.profile.Profile.Sample;
import io.tare.model.profile.Profile.ValueType;
import io.tare.model.profile.TopPlaces;
import io.tare.model.report.ProcessLine;
import io.tare.model.trial.Growth;
import io.tare.model.trial.Measure;
import io.tare.model.trial.TrialReport;
import io.tare.model.trial.TrialReport.Figure;
import io.tare.model.trial.TrialReport.Row;
import io.tare.model.trial.TrialReport.Standing;
import io.tare.model.trial.TrialReport.Standing.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Trials, growth, allocations and processes, one of each. */
final class TrialSamples {
  private static final double MB = 1 << 20;

  private TrialSamples() {}

  static TrialReport trial() {
    return new TrialReport(List.of("java", "<b>", "Work"), 3,
        List.of(row("as it is", 400, 10, Optional.empty(), true),
            row("-Xmx256m", 280, 12, Optional.of(new Standing(0.7, 1.02, Verdict.LESS)), true),
            row("-XX:+UseSerialGC", 300, 14, Optional.of(new Standing(0.75, 1.03, Verdict.LESS)), false)),
        Measure.PEAK, Optional.of(1), List.of(2), List.of("Each round ran every variant once."));
  }

  private static Row row(String settings, int peakMegabytes, int seconds, Optional<Standing> against, boolean isFront) {
    return new Row(settings, 3, Map.of(Measure.PEAK, new Figure(peakMegabytes * MB, (peakMegabytes - 5) * MB,
        (peakMegabytes + 9) * MB, 3, against), Measure.TIME,
        new Figure(seconds, seconds - 0.5, seconds + 1, 3,
            Optional.empty())),
        isFront, isFront ? List.of() : List.of("run 2 ended with 1"));
  }

  static Growth growth() {
    return new Growth("peak", Measure.Unit.BYTES, Growth.Shape.LINEAR, 20 * MB, 148, 0.012, OptionalDouble.of(1.0),
        OptionalDouble.empty(), List.of(new Growth.Observed(1e5, 34 * MB, 3), new Growth.Observed(1e6, 161 * MB, 3)),
        List.of(new Growth.Projection(1e7, 1430 * MB, 1400 * MB, 1460 * MB)),
        Optional.of(new Growth.Capacity(1024 * MB, 7.1e6, 7e6, 7.2e6)));
  }

  static AllocationReport allocations() {
    List<TopPlaces.Place> places = IntStream.range(0, 15)
        .mapToObj(i -> new TopPlaces.Place("example.org/service/internal/store.(*Cache).put" + i, (100L - i) << 20,
            (200L - i) << 20))
        .toList();
    TopPlaces top = new TopPlaces(new ValueType("inuse_space", "bytes"), "function", 2000L << 20, places);
    return new AllocationReport("orders, pid 4711", Optional.empty(), Optional.of(top), false,
        List.of(new AllocationReport.Calls(places.getFirst(), places.subList(1, 3), places.subList(3, 4))),
        List.of(new GoroutineGroup(12, "waiting", "chan receive", "main.worker", "main.worker", "main.main", false)),
        List.of());
  }

  /** {@code main} calls {@code a}, which calls {@code b}, and {@code c}. */
  static Profile stacks(long a, long b, long c) {
    return new Profile(List.of(new ValueType("inuse_space", "bytes")),
        List.of(stack(b, "b", "a", "main"), stack(a, "a", "main"), stack(c, "c", "main")));
  }

  /** Very deep ones, very many, and names that would like to be markup. */
  static Profile unpleasantStacks() {
    String[] deep = IntStream.range(0, 600).mapToObj(i -> "example.org/deep.(*Recursion).step" + i)
        .toArray(String[]::new);
    return new Profile(List.of(new ValueType("inuse_space", "bytes")),
        Stream.concat(Stream.of(stack(5 << 20, deep), stack(9 << 20, "</p><script>alert(1)</script>", "main.\"main'")),
            IntStream.range(0, 21_000).mapToObj(i -> stack(1000 + i, "main.leaf" + i, "main.many", "main.main")))
            .toList());
  }

  private static Sample stack(long bytes, String... innermostFirst) {
    return new Sample(Arrays.stream(innermostFirst).map(name -> new Frame(name, "", 0)).toList(), List.of(bytes));
  }

  static List<ProcessLine> processes() {
    return IntStream.range(0, 14).mapToObj(i -> new ProcessLine(4711 + i, Optional.of("someone"),
        "orders-service-with-a-long-name-" + i, "HotSpot JVM", OptionalLong.of((500L - i) << 20),
        Optional.of(ByteRange.upTo((300L - i) << 20)), i == 0 ? OptionalLong.of(1L << 30) : OptionalLong.empty(),
        i == 1 ? "refused: run as root, or with CAP_SYS_PTRACE" : "")).toList();
  }
}
