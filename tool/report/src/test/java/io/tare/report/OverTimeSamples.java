package io.tare.report;

import io.tare.model.Problem;
import io.tare.model.history.BudgetCheck;
import io.tare.model.history.Counting;
import io.tare.model.history.Difference;
import io.tare.model.history.Difference.PhaseDifference;
import io.tare.model.history.Ending;
import io.tare.model.history.Investigation;
import io.tare.model.history.Investigation.Stage;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Grower;
import io.tare.model.history.LeakVerdict.Rounds;
import io.tare.model.history.LiveReading;
import io.tare.model.history.LogSummary;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.model.history.Settling;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Story;
import io.tare.model.history.Story.AccountChange;
import io.tare.model.history.Story.GcLoad;
import io.tare.model.history.Story.StoryPhase;
import io.tare.model.history.Timeline;
import io.tare.model.history.WatchView;
import io.tare.model.history.WatchView.WatchRow;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import io.tare.report.story.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One of each that is rendered over time. */
final class OverTimeSamples {
  private static final Instant START = Instant.parse("2026-11-03T14:05:00Z");
  private static final double MB = 1 << 20;

  private OverTimeSamples() {}

  static LeakVerdict leak() {
    return new LeakVerdict("orders.jar, pid 4711", START, START.plusSeconds(600), LeakVerdict.Answer.LEAK,
        "It leaks: threads grows by 360 ± 12 per hour.",
        List.of(
            course("threads", SeriesUnit.COUNT, LeakRole.COUNT, Direction.GROWING, 360,
                "grows evenly from 30 to 90 in 10 min"),
            course("heap.live", SeriesUnit.BYTES, LeakRole.NET, Direction.UNKNOWN, 0,
                "3.00 MB more in 10 min, not even enough"),
            course("malloc.idle", SeriesUnit.BYTES, LeakRole.TARE, Direction.GROWING, 30 * MB, "grows evenly"),
            course("malloc.used", SeriesUnit.BYTES, LeakRole.NET, Direction.STEADY, 0, "steady at 40.0 MB")),
        Optional.of(Duration.ofHours(12)), Optional.of(Duration.ofMinutes(4)),
        Optional.of(new Rounds("AFTER_GC", 6, List.of(new Rounds.Remainder("threads", SeriesUnit.COUNT, LeakRole.COUNT,
            new Rate(2, 2, 3), Optional.of(0.002), Direction.GROWING)))),
        List.of("malloc.idle grew by 5.00 MB: freed memory that the allocator keeps, by fragmentation."), List.of(
            new Grower(Counting.Kind.CLASS, "orders.Session", 3 << 20, 15 << 20, 12_300, 61_500, 6),
            new Grower(Counting.Kind.CLASS, "byte[]", 30 << 20, 50 << 20, 80_000, 130_000, 6)));
  }

  private static SeriesVerdict course(String id, SeriesUnit unit, LeakRole charge, Direction direction, double perHour,
      String words) {
    return new SeriesVerdict(id, unit, charge, direction, 40 * MB, 45 * MB,
        Optional.of(new Rate(perHour, perHour * 0.9, perHour * 1.1)), START,
        direction == Direction.UNKNOWN ? Optional.of(Duration.ofMinutes(4)) : Optional.empty(), words);
  }

  static LogSummary log() {
    return new LogSummary(List.of("gc.log", "a<b>.log"), 2000, 17,
        Optional.of(new LogSummary.Collections("G1", "17.0.15", 600, 38, 4, 700 << 20, 900 << 20, 32 << 20,
            OptionalLong.of(40 << 20), 1 << 20, 9 << 20, new LogSummary.Pauses(40, 54, 1.01, 1.23, 15, 15.4),
            OptionalDouble.of(0.5),
            List.of(new LogSummary.Cause("Pause Young (Normal)", "G1 Evacuation Pause", 33, 616 << 20, 40)))),
        Optional.of(new LogSummary.Labels(6, List.of(new LogSummary.Peak("Alloc", 78 << 20, "BEFORE_GC"),
            new LogSummary.Peak("HeapObjects", 26_198, "BEFORE_GC")),
            List.of(new LogSummary.Phase("AFTER_BATCH_#", 2, 13 << 20, OptionalLong.empty())),
            Optional.of(new LogSummary.Forced(1, 78 << 20, 36 << 20, OptionalLong.of(20_074))), OptionalLong.of(4975),
            Optional.of(new LogSummary.Batches(2, 2000, OptionalDouble.of(1000), OptionalDouble.of(142_336))))),
        Optional.of(new LogSummary.Categories(2, List.of(new LogSummary.Category("Class", 503 << 10, 300 << 10)))),
        Optional.of(leak()), List.of(new Problem("log", "", "3 readings are left out: there are too many")));
  }

  static Difference difference() {
    Snapshot before = new Snapshot("before.tare", "java, pid 4711", START, Map.of(), OptionalDouble.of(1000),
        OptionalDouble.of(0.02));
    Snapshot after = new Snapshot("after.tare", "java, pid 4712", START.plusSeconds(600), Map.of(),
        OptionalDouble.of(900), OptionalDouble.of(0.05));
    return new Difference(before, after,
        List.of(new Difference.Line("rss", SeriesUnit.BYTES, OptionalDouble.of(280 * MB), OptionalDouble.of(210 * MB),
            OptionalDouble.of(-70 * MB), 4 * MB, true)),
        List.of(
            new Difference.Line("malloc.idle", SeriesUnit.BYTES, OptionalDouble.of(80 * MB), OptionalDouble.of(10 * MB),
                OptionalDouble.of(-70 * MB), MB, true),
            new Difference.Line("threads", SeriesUnit.COUNT, OptionalDouble.empty(), OptionalDouble.of(30),
                OptionalDouble.empty(), 1, false),
            new Difference.Line("malloc.used", SeriesUnit.BYTES, OptionalDouble.of(50 * MB), OptionalDouble.of(51 * MB),
                OptionalDouble.of(MB), 2 * MB, false)),
        "Gross fell by 70.0 MB, 25 %; most of it: malloc.idle \u221270.0 MB.",
        List.of("Price: throughput 1,000 items per second before, 900 after."),
        List.of(new PhaseDifference("LOADED", "AFTER_RUN", 40L << 20, 90L << 20, 12_000, 15_000,
            List.of(
                new PhaseDifference.PhaseLine("malloc.used", OptionalLong.of(10L << 20), OptionalLong.of(60L << 20)),
                new PhaseDifference.PhaseLine("heap.used", OptionalLong.empty(), OptionalLong.of(1L << 20))))));
  }

  /** Three stages, the last called as nobody should call anything. */
  static Investigation investigation(boolean areVariants) {
    Snapshot as = stage("as it was", Map.of("rss", 280.0, "net", 90.0, "malloc.idle", 80.0, "mapped", 60.0));
    Snapshot trimmed = stage("trimmed", Map.of("rss", 210.0, "net", 90.0, "malloc.idle", 10.0, "mapped", 60.0));
    Snapshot odd = stage("<b>*x*</b> | `rm` [y](z)\u001b[2J", Map.of("rss", 209.0));
    Difference first = difference();
    Difference none = new Difference(trimmed, odd, List.of(new Difference.Line("rss", SeriesUnit.BYTES,
        OptionalDouble.of(210 * MB), OptionalDouble.of(209 * MB), OptionalDouble.of(-MB), 4 * MB, false)), List.of(),
        "Gross did not change by more than noise (\u22121.00 MB); what the accounts did no ledger tells.", List.of(),
        List.of());
    return new Investigation(
        List.of(new Stage("as it was", as, OptionalDouble.of(300 * MB), 1, Optional.empty()),
            new Stage("trimmed", trimmed, OptionalDouble.empty(), 3, Optional.of(first)),
            new Stage(odd.label(), odd, OptionalDouble.of(211 * MB), 1, Optional.of(none))),
        areVariants, first, List.of("limit=1m is left out: none of its runs came to its end."));
  }

  private static Snapshot stage(String name, Map<String, Double> megabytes) {
    return new Snapshot(name, "java, pid 4711", START, megabytes.entrySet().stream().collect(Collectors.toMap(
        Map.Entry::getKey, one -> new Snapshot.Amount(SeriesUnit.BYTES, one.getValue() * MB, MB))),
        OptionalDouble.of(1000), OptionalDouble.empty());
  }

  static BudgetCheck check() {
    return new BudgetCheck("orders & co, pid 4711", List.of(
        new BudgetCheck.Line("rss <= 1GB", BudgetCheck.Outcome.KEPT, "rss is 210 MB"),
        new BudgetCheck.Line("unexplained <= 1%", BudgetCheck.Outcome.BROKEN, "unexplained is 1.50 % of RSS"),
        new BudgetCheck.Line("no leak", BudgetCheck.Outcome.CANNOT_TELL, "a single moment proves no leak")));
  }

  static Settling settling() {
    return new Settling(START, "the mark AFTER RUN", List.of(
        new Settling.Line("rss", 500 * MB, 300 * MB, Optional.of(Duration.ofSeconds(42)), Settling.Basis.PREDICTED,
            Optional.of(new Rate(250 * MB, 200 * MB, 300 * MB))),
        new Settling.Line("heap.idle", 300 * MB, 100 * MB, Optional.of(Duration.ofSeconds(42)), Settling.Basis.MEASURED,
            Optional.of(new Rate(100 * MB, 99 * MB, 101 * MB))),
        new Settling.Line("gc", 8 * MB, 8 * MB, Optional.empty(), Settling.Basis.CANNOT_TELL, Optional.empty())));
  }

  private static final Instant STORY_START = Instant.parse("2026-01-02T03:04:05Z");
  private static final RecordedProcess PROCESS = new RecordedProcess(4711, 1, "b", "orders\u001b[2J.jar", "HotSpot JVM",
      OptionalLong.of(1024 * (1L << 20)));
  private static final Weighing LEDGER = new Weighing(STORY_START.toEpochMilli() + 5000, WeighingReason.MARK,
      512 * (1L << 20),
      OptionalLong.of(200 * (1L << 20)), Map.of("heap.used", 400 * (1L << 20)), 112 * (1L << 20), 1000);

  static Story story() {
    StoryPhase phase = new StoryPhase("START", "AFTER_RUN", 1, STORY_START, 5000, OptionalLong.of(1000),
        100 * (1L << 20), 512 * (1L << 20),
        600 * (1L << 20), OptionalLong.of(-3 * (1L << 20)), OptionalLong.of(-2),
        Optional.of(new GcLoad(14, 0.021, true, "good")),
        List.of(new AccountChange("heap.used", 0, 400 * (1L << 20)),
            new AccountChange(StoryPhase.NOT_WEIGHED, 0, 12 * (1L << 20))));
    return new Story(PROCESS, STORY_START, STORY_START.plusSeconds(125), 120, 3, Optional.of(LEDGER), List.of(phase),
        STORY_START.plusSeconds(5), 600 * (1L << 20), OptionalLong.of(700 * (1L << 20)), Optional.of(LEDGER),
        Optional.empty(), 90 * (1L << 20), List.of(new AccountChange("heap.used", 100L << 20, 400L << 20)),
        List.of(), 2, Optional.of(new GcLoad(3, 0.001, false, "excellent")),
        new Story.Strain(OptionalLong.of(1240), OptionalLong.of(3_200_000_000L), OptionalLong.empty(),
            OptionalLong.of(40L << 20)),
        Optional.of(new Story.Family(STORY_START.plusSeconds(5), 660L << 20, 900L << 20,
            List.of(new Story.Family.Member(4711, "orders\u001b[2J.jar", 600L << 20),
                new Story.Family.Member(4712, "helper", 60L << 20)),
            1)),
        Optional.of(new Ending(1, Ending.Cause.OUT_OF_MEMORY, 9, "killed by the kernel for want of memory")),
        List.of("recording cost 0.05 %"));
  }

  /** A story with all that can be told. */
  static Story longStory() {
    Map<String, Long> accounts = new LinkedHashMap<>();
    for (int i = 1; i <= 10; i++) {
      accounts.put(i == 1 ? "heap.used" : i == 2 ? "malloc.used" : "other." + i, (100L - 5 * i) << 20);
    }
    Weighing peak = new Weighing(STORY_START.toEpochMilli() + 9000, WeighingReason.MOVED, 900L << 20,
        OptionalLong.empty(), accounts, 0, 1500);
    List<AccountChange> changes = accounts.entrySet().stream()
        .map(account -> new AccountChange(account.getKey(), account.getValue(), account.getValue() / 2)).toList();
    StoryPhase phase = new StoryPhase("", "", 3, STORY_START, 500, OptionalLong.empty(), 512L << 20, 100L << 20,
        600L << 20, OptionalLong.empty(), OptionalLong.of(0), Optional.of(new GcLoad(0, 0, false, "excellent")),
        changes);
    return new Story(PROCESS, STORY_START, STORY_START.plusSeconds(125), 120, 3, Optional.of(LEDGER), List.of(phase),
        STORY_START.plusSeconds(9), 910L << 20, OptionalLong.empty(), Optional.of(peak), Optional.of(LEDGER),
        90L << 20, List.of(), changes, 0, Optional.of(new GcLoad(2, 0.3, false, "bad")), Story.Strain.UNKNOWN,
        Optional.empty(), Optional.empty(), List.of());
  }

  private static Story killed() {
    Story story = story();
    return new Story(story.process(), story.from(), story.to(), story.readings(), story.ledgers(), story.baseline(),
        story.phases(), story.peakAt(), story.peakBytes(), story.kernelPeakBytes(), story.peakLedger(), story.last(),
        story.lastBytes(), story.grew(), story.cameBack(), story.killsBefore(), story.gc(),
        story.strain(), story.family(),
        Optional.of(new Ending(STORY_START.toEpochMilli() + 125_000, Ending.Cause.OUT_OF_MEMORY, 9,
            "was killed by the kernel for want of memory")),
        story.closing());
  }

  /** Two recordings: one that leaks and is killed at its limit, and one of which little is known. */
  static List<Told> told() {
    List<Point> gross = new ArrayList<>();
    List<Point> threads = new ArrayList<>();
    List<Point> runs = new ArrayList<>();
    for (int i = 0; i <= 120; i++) {
      Instant at = STORY_START.plusSeconds(i);
      gross.add(new Point(at, (400 + 2 * i) * MB));
      threads.add(new Point(at, 30 + Math.floorDiv(i, 2)));
      runs.add(new Point(at, Math.floorDiv(i, 10)));
    }
    Timeline timeline = new Timeline(PROCESS.words(), STORY_START, STORY_START.plusSeconds(125),
        List.of(new Series(SeriesNames.RSS, SeriesUnit.BYTES, gross),
            new Series(SeriesNames.THREADS, SeriesUnit.COUNT, threads),
            new Series(SeriesNames.GC_RUNS, SeriesUnit.COUNT_COUNTER, runs)),
        List.of(new Mark(STORY_START.plusSeconds(20), "LOADED <b>", OptionalLong.empty(), "page")),
        PROCESS.limitBytes(), Optional.of("killed by the kernel for want of memory"));
    Weighing later = new Weighing(STORY_START.toEpochMilli() + 90_000, WeighingReason.TURN, 580L << 20,
        OptionalLong.of(200L << 20), new TreeMap<>(Map.of("heap.used", 400L << 20, "malloc.used", 150L << 20)),
        30L << 20, 1000);
    Timeline empty = new Timeline(PROCESS.words(), STORY_START, STORY_START.plusSeconds(125), List.of(), List.of(),
        OptionalLong.empty(), Optional.empty());
    LeakVerdict proved = new LeakVerdict(PROCESS.words(), STORY_START, STORY_START.plusSeconds(125),
        LeakVerdict.Answer.LEAK, "It leaks: threads grows by 1,800 \u00b1 90 per hour.",
        List.of(new SeriesVerdict("threads", SeriesUnit.COUNT, LeakRole.COUNT, Direction.GROWING, 30, 90,
            Optional.of(new Rate(1800, 1710, 1890)), STORY_START, Optional.empty(),
            "grows evenly from 30 to 90 in 2 min")),
        Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    return List.of(new Told(killed(), proved, timeline, List.of(LEDGER, later)),
        new Told(longStory(), leak(), empty, List.of()));
  }

  /** More than fits on a small terminal. */
  static WatchView crowdedScreen() {
    List<WatchRow> accounts = List.of("heap.used", "heap.idle", "libraries", "malloc.used", "malloc.idle", "gc", "cds",
        "code.cache", "stacks.java").stream()
        .map(id -> new WatchRow(id, 100L << 20, 3L << 20, OptionalDouble.of(9 * MB), List.of(1.0, 2.0, 4.0))).toList();
    WatchView full = fullScreen();
    return new WatchView(PROCESS, STORY_START.toEpochMilli(), 3_600_000, OptionalLong.of(400L << 20),
        OptionalLong.of(4000), full.scales(), full.heap(), accounts, full.counts(), full.gc(), List.of(),
        List.of("rss > 1MB"), Optional.empty(), Optional.of(leak()));
  }

  static WatchView screen() {
    WatchRow row = new WatchRow("rss", 512 * (1L << 20), 1L << 20, OptionalDouble.of(10 * MB), List.of(1.0, 2.0, 3.0));
    WatchRow account = new WatchRow("malloc.used", 100 * (1L << 20), 0, OptionalDouble.empty(), List.of(5.0));
    return new WatchView(PROCESS, STORY_START.toEpochMilli(), 90_000, OptionalLong.of(200 * (1L << 20)),
        OptionalLong.of(4000),
        List.of(row), List.of(), List.of(account, account, account, account, account, account),
        List.of(new WatchRow("threads", 12, -1, OptionalDouble.empty(), List.of())),
        Optional.of(new GcLoad(3, 0.2, false, "bad")),
        List.of(new Mark(STORY_START, "LOADED", OptionalLong.empty(), "page")), List.of("rss > 1MB"), Optional.empty(),
        Optional.of(OverTimeSamples.leak()));
  }

  /** A screen on which every part stands. */
  static WatchView fullScreen() {
    WatchRow gross = new WatchRow("rss", 512L << 20, -(3L << 20), OptionalDouble.of(0), List.of(3.0, 2.0));
    WatchRow heap = new WatchRow("heap.used.now", 300L << 20, 1L << 20, OptionalDouble.of(-2 * MB), List.of(1.0));
    WatchRow floor = new WatchRow("heap.floor", 200L << 20, 0, OptionalDouble.empty(), List.of());
    WatchRow committed = new WatchRow("heap.committed", 400L << 20, 0, OptionalDouble.empty(), List.of());
    return new WatchView(PROCESS, STORY_START.toEpochMilli(), 3_600_000, OptionalLong.of(600L << 20),
        OptionalLong.empty(), List.of(gross), List.of(heap, floor, committed), List.of(),
        List.of(new WatchRow("threads", 12, 0, OptionalDouble.empty(), List.of()),
            new WatchRow("classes", 12_345, 7, OptionalDouble.empty(), List.of())),
        Optional.of(new GcLoad(3, 0.012, true, "good")), List.of(), List.of(),
        Optional.of("ended with code 1"), Optional.empty());
  }

  /** Two watched processes, one of which nothing is known of. */
  static List<LiveReading> readings() {
    long[] values = Sample.noValues();
    Arrays.stream(SampleColumn.values()).forEach(column -> values[column.index()] = 1_000_000L * (column.index() + 1));
    Map<String, Boolean> alerts = new LinkedHashMap<>();
    alerts.put("rss > 1GB", true);
    alerts.put("threads > 50", false);
    return List.of(
        new LiveReading(PROCESS, Sample.of(STORY_START.toEpochMilli(), values), OptionalLong.of(7), Optional.of(LEDGER),
            alerts),
        new LiveReading(new RecordedProcess(2, 1, "b", "edge", "Go", OptionalLong.empty()),
            Sample.of(STORY_START.toEpochMilli(), Sample.noValues()), OptionalLong.empty(), Optional.empty(),
            Map.of()));
  }
}
