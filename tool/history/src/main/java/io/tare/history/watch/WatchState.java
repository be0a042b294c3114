package io.tare.history.watch;

import io.tare.history.compare.Stories.GcLoads;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.recording.Entry;
import io.tare.history.recording.Thinning.ThinTrack;
import io.tare.history.recording.Timelines;
import io.tare.history.watch.Alert.AlertRule;
import io.tare.history.watch.Alert.Metrics;
import io.tare.model.history.Ending;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LiveReading;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Story.GcLoad;
import io.tare.model.history.WatchView;
import io.tare.model.history.WatchView.WatchRow;
import io.tare.model.history.Weighing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** All that is known of one watched process at this moment: told of every entry, it answers what to show. */
public final class WatchState {
  private static final int MOST_MARKS = 50;
  private static final long GC_WINDOW_MILLIS = 60_000;
  private static final long JUDGED_EVERY_MILLIS = 60_000;

  private final RecordedProcess process;
  private final Map<String, RecentValues> values = new HashMap<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final Deque<Sample> lastMinute = new ArrayDeque<>();
  private long firstMillis;
  private Optional<Sample> latest = Optional.empty();
  private Optional<Weighing> ledger = Optional.empty();
  private Optional<Ending> ending = Optional.empty();
  private final ThinTrack soFar;
  private Optional<LeakVerdict> verdict = Optional.empty();
  private long judgeAtMillis;

  public WatchState(RecordedProcess process) {
    this.process = process;
    soFar = new ThinTrack(process);
  }

  public void accept(Entry entry) {
    soFar.add(entry);
    switch (entry) {
      case Entry.Sampled sampled -> sample(sampled.sample());
      case Entry.Weighed weighed -> ledger(weighed.weighing());
      case Entry.Marked marked -> mark(marked.mark());
      case Entry.Ended ended -> end(ended.ending());
      case Entry.Opened _,Entry.Target _,Entry.Noted _,Entry.Closed _,Entry.Labelled _,Entry.Counted _ ->
        firstMillis = Math.max(firstMillis, 0);
    }
  }

  private void sample(Sample sample) {
    firstMillis = firstMillis == 0 ? sample.epochMillis() : firstMillis;
    latest = Optional.of(sample);
    for (SampleColumn column : SampleColumn.values()) {
      if (sample.has(column)) {
        add(column.series(), sample.epochMillis(), (double) sample.raw(column));
      }
    }
    lastMinute.addLast(sample);
    while (sample.epochMillis() - lastMinute.getFirst().epochMillis() > GC_WINDOW_MILLIS) {
      lastMinute.removeFirst();
    }
  }

  private void ledger(Weighing weighing) {
    ledger.ifPresent(before -> before.accounts().keySet().stream()
        .filter(id -> !weighing.accounts().containsKey(id)).forEach(id -> add(id, weighing.epochMillis(), 0)));
    ledger = Optional.of(weighing);
    weighing.accounts().forEach((id, bytes) -> add(id, weighing.epochMillis(), (double) bytes));
    add(Metrics.UNEXPLAINED, weighing.epochMillis(), (double) weighing.unexplainedBytes());
    weighing.netBytes().ifPresent(net -> add(Metrics.NET, weighing.epochMillis(), (double) net));
  }

  private void end(Ending how) {
    ending = Optional.of(how);
    judgeAtMillis = 0;
  }

  private void mark(Mark mark) {
    marks.addLast(mark);
    if (marks.size() > MOST_MARKS) {
      marks.removeFirst();
    }
  }

  private void add(String id, long epochMillis, double value) {
    values.computeIfAbsent(id, _ -> new RecentValues()).add(epochMillis, value);
  }

  /** What an alert looks at; empty while it is not known. */
  public OptionalDouble value(AlertRule rule) {
    if (rule.metric().equals(Metrics.GC_SHARE)) {
      return gc().map(load -> OptionalDouble.of(load.share())).orElse(OptionalDouble.empty());
    }
    if (rule.metric().equals(Metrics.TARE) && !rule.isGrowth()) {
      return values.containsKey(Metrics.NET)
          ? OptionalDouble.of(latest(SeriesNames.RSS) - latest(Metrics.NET))
          : OptionalDouble.empty();
    }
    RecentValues found = values.get(seriesOf(rule.metric()));
    if (found == null) {
      return OptionalDouble.empty();
    }
    return rule.isGrowth() ? found.perHour() : OptionalDouble.of(found.latest());
  }

  /** A ledger that only looks does not tell live from dead: the floor of the heap stands for what lives. */
  private String seriesOf(String metric) {
    return switch (metric) {
      case Metrics.GROSS -> SeriesNames.RSS;
      case "heap.live" -> values.containsKey(metric) ? metric : SeriesNames.HEAP_FLOOR;
      default -> metric;
    };
  }

  private double latest(String id) {
    RecentValues found = values.get(id);
    return found == null ? 0 : found.latest();
  }

  private Optional<GcLoad> gc() {
    if (lastMinute.size() < 2 || !lastMinute.getFirst().has(SampleColumn.GC_RUNS)) {
      return Optional.empty();
    }
    return GcLoads.between(lastMinute.getFirst(), lastMinute.getLast());
  }

  public WatchView view(List<String> alerts) {
    long now = latest.map(Sample::epochMillis).orElse(firstMillis);
    List<String> accounts = new ArrayList<>(ledger.map(one -> List.copyOf(one.accounts().keySet())).orElse(List.of()));
    ledger.ifPresent(_ -> accounts.add(Metrics.UNEXPLAINED));
    return new WatchView(process, now, now - firstMillis, ledger.map(Weighing::netBytes).orElse(OptionalLong.empty()),
        ledger.map(one -> OptionalLong.of(Math.max(0, now - one.epochMillis()))).orElse(OptionalLong.empty()),
        rows(List.of(SeriesNames.RSS, SeriesNames.RSS_ANON, SeriesNames.RSS_FILE, SeriesNames.RSS_SHARED,
            SeriesNames.SWAP, SeriesNames.CGROUP_USAGE, SeriesNames.WORKING_SET)),
        rows(List.of(SeriesNames.HEAP_USED, SeriesNames.HEAP_FLOOR, SeriesNames.HEAP_COMMITTED)), rows(accounts),
        rows(List.of(SeriesNames.THREADS, SeriesNames.CLASSES, SeriesNames.FILE_DESCRIPTORS)), gc(),
        List.copyOf(marks), alerts, ending.map(Ending::words), verdict(now));
  }

  /** Whether it leaks, as far as it was watched: judged once a minute, and again when it has ended. */
  private Optional<LeakVerdict> verdict(long now) {
    if (latest.isPresent() && now >= judgeAtMillis) {
      verdict = Optional.of(LeakJudge.judge(Timelines.of(soFar.track()), LeakOptions.USUAL));
      judgeAtMillis = now + JUDGED_EVERY_MILLIS;
    }
    return verdict;
  }

  private List<WatchRow> rows(List<String> ids) {
    return ids.stream().filter(values::containsKey).map(this::row).toList();
  }

  private WatchRow row(String id) {
    RecentValues recent = values.getOrDefault(id, new RecentValues());
    return new WatchRow(id, (long) recent.latest(), (long) recent.sinceFirst(), recent.perHour(), recent.all());
  }

  public RecordedProcess process() {
    return process;
  }

  public boolean hasEnded() {
    return ending.isPresent();
  }

  /** What is served to others; empty before the first reading. */
  public Optional<LiveReading> reading(Map<String, Boolean> alerts) {
    return latest.map(sample -> new LiveReading(process, sample, lastFloor(), ledger, alerts));
  }

  private OptionalLong lastFloor() {
    RecentValues floor = values.get(SeriesNames.HEAP_FLOOR);
    return floor == null ? OptionalLong.empty() : OptionalLong.of((long) floor.latest());
  }
}

/** The readings of the last ten minutes, at most one in five seconds. */
final class RecentValues {
  static final long SPACING_MILLIS = 5_000;
  private static final int MOST = 120;
  private static final int LEAST_TO_TELL = 6;
  private static final long LEAST_MILLIS_TO_TELL = 60_000;
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private final long[] moments = new long[MOST];
  private final double[] values = new double[MOST];
  private int next;
  private int size;
  private double first = Double.NaN;
  private double latest = Double.NaN;

  void add(long epochMillis, double value) {
    first = Double.isNaN(first) ? value : first;
    latest = value;
    if (size > 0 && epochMillis - moments[(next + MOST - 1) % MOST] < SPACING_MILLIS) {
      return;
    }
    moments[next] = epochMillis;
    values[next] = value;
    next = (next + 1) % MOST;
    size = Math.min(MOST, size + 1);
  }

  double latest() {
    return latest;
  }

  double sinceFirst() {
    return latest - first;
  }

  /** Oldest first; the newest reading is the last. */
  List<Double> all() {
    List<Double> all = new ArrayList<>(size + 1);
    for (int i = 0; i < size; i++) {
      all.add(values[place(i)]);
    }
    all.add(latest);
    return all;
  }

  private int place(int index) {
    return (next - size + index + MOST) % MOST;
  }

  /** The median of the slopes between all pairs: a step or a spike moves it little. Empty while there is too little to tell. */
  OptionalDouble perHour() {
    if (size < LEAST_TO_TELL || moments[place(size - 1)] - moments[place(0)] < LEAST_MILLIS_TO_TELL) {
      return OptionalDouble.empty();
    }
    double[] slopes = new double[size * (size - 1) / 2];
    int count = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        slopes[count++] = (values[place(j)] - values[place(i)]) / (moments[place(j)] - moments[place(i)]);
      }
    }
    Arrays.sort(slopes);
    return OptionalDouble.of(slopes[slopes.length / 2] * MILLIS_PER_HOUR);
  }
}
