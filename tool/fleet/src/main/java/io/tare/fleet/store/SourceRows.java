package io.tare.fleet.store;

import io.tare.capture.file.CaptureFileException;
import io.tare.capture.file.CaptureReader;
import io.tare.fleet.schema.Identity;
import io.tare.fleet.schema.Row;
import io.tare.fleet.schema.Row.Frame;
import io.tare.fleet.schema.Row.Samples;
import io.tare.fleet.schema.Row.Weight;
import io.tare.formats.NotThisFormat;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.SampleTable;
import io.tare.history.recording.Timelines;
import io.tare.ledger.Explanation;
import io.tare.model.capture.Capture;
import io.tare.model.history.Ending;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Net;
import io.tare.model.report.Remedy;
import io.tare.model.report.Report;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a recording or a capture says, as rows.
 *
 * @param source names what was recorded, so that a recording that has gone on is known again
 * @param problems what of it could not be read
 */
record SourceRows(String source, List<Row> rows, List<String> problems) {
  SourceRows {
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
  }

  private static final int MINUTE = 60;
  private static final long DAY = 86_400;
  /** A ledger stands for the time since the one before it, and for no more than this. */
  private static final long LONGEST_SPAN = 900;
  /** A leak that an hour's piece of a recording shows may be a program that warms up. */
  private static final Duration LEAST_TO_JUDGE = Duration.ofHours(6);

  /** A reason of a ledger that no recorder has: it is a capture's. */
  private static final int CAPTURED = 5;

  static SourceRows ofRecording(Path file, Map<String, String> defaults) throws IOException, NotThisFormat {
    Recording recording = RecordingFiles.open(file);
    List<Row> rows = new ArrayList<>();
    recording.tracks().forEach(track -> new Track(track, defaults).rows(rows));
    String began = recording.runs().stream().findFirst().map(run -> run.opened().epochMillis() + "").orElse("");
    String first = recording.tracks().stream().findFirst().map(RecordedTrack::process)
        .map(one -> one.boot() + "/" + one.pid() + "/" + one.startTicks()).orElse("");
    return new SourceRows(began + "/" + first, rows, recording.problems().stream()
        .map(problem -> file + ": " + problem.message()).toList());
  }

  /** One process of a recording, minute by minute. */
  private static final class Track {
    private final RecordedTrack track;
    private final Frame frame;

    Track(RecordedTrack track, Map<String, String> defaults) {
      this.track = track;
      RecordedProcess process = track.process();
      Identity who = new Identity(Identity.proc(process.boot(), process.pid(), process.startTicks()), track.labels())
          .or(defaults);
      OptionalLong first = OptionalLong.of(first() / 1000);
      frame = new Frame(who, process.runtime(), process.limitBytes(), who.number("request_bytes"),
          who.number("started_t").isPresent() ? who.number("started_t") : first);
    }

    private long first() {
      long sampled = track.samples().size() > 0 ? track.samples().epochMillis(0) : Long.MAX_VALUE;
      long weighed = track.weighings().isEmpty() ? Long.MAX_VALUE : track.weighings().getFirst().epochMillis();
      long ended = track.ending().map(Ending::epochMillis).orElse(0L);
      return Math.min(sampled, weighed) == Long.MAX_VALUE ? ended : Math.min(sampled, weighed);
    }

    void rows(List<Row> rows) {
      Map<Long, Weight> weights = weights();
      TreeMap<Long, Row> minutes = new TreeMap<>();
      SampleTable samples = track.samples();
      long floor = -1;
      int before = -1;
      for (int from = 0; from < samples.size();) {
        long minute = minute(samples.epochMillis(from));
        int to = from;
        while (to < samples.size() && minute(samples.epochMillis(to)) == minute) {
          double seen = samples.value(SampleColumn.HEAP_FLOOR, to++);
          floor = Double.isNaN(seen) ? floor : (long) seen;
        }
        minutes.put(minute, new Row.OfLedger(minute, span(from, to), frame, minute(before, from, to, floor),
            Optional.ofNullable(weights.remove(minute))));
        before = to - 1;
        from = to;
      }
      // A ledger in a minute without samples.
      weights.forEach((minute, weight) -> minutes.put(minute,
          new Row.OfLedger(minute, Math.min(weight.seconds(), MINUTE), frame, new Samples(Map.of()),
              Optional.of(weight))));
      rows.addAll(minutes.values());
      days(minutes, rows);
      events(rows);
      verdict(minutes, rows);
    }

    private static long minute(long millis) {
      return Math.floorDiv(millis, 60_000L) * MINUTE;
    }

    /** Seconds of the minute that the samples cover. */
    private long span(int from, int to) {
      SampleTable samples = track.samples();
      long until = to < samples.size()
          ? Math.min(samples.epochMillis(to), (minute(samples.epochMillis(from)) + MINUTE) * 1000)
          : samples.epochMillis(to - 1) + 1000;
      long since = from > 0
          ? Math.max(minute(samples.epochMillis(from)) * 1000,
              samples.epochMillis(from) - LONGEST_SPAN * 1000)
          : samples.epochMillis(from);
      return Math.clamp((until - since + 500) / 1000, 1, MINUTE);
    }

    private Samples minute(int before, int from, int to, long floor) {
      Map<String, Long> values = new LinkedHashMap<>();
      put(values, "rss", mean(SampleColumn.RSS, from, to));
      put(values, "rss_max", highest(SampleColumn.RSS, from, to));
      put(values, "ws", highest(SampleColumn.WORKING_SET, from, to));
      put(values, "swap", last(SampleColumn.SWAP, from, to));
      put(values, "threads", last(SampleColumn.THREADS, from, to));
      put(values, "fds", last(SampleColumn.FILE_DESCRIPTORS, from, to));
      put(values, "cpu_ms", grown(SampleColumn.CPU_NANOS, before, to) / 1e6);
      put(values, "heap_used", last(SampleColumn.HEAP_USED, from, to));
      put(values, "heap_committed", last(SampleColumn.HEAP_COMMITTED, from, to));
      put(values, "heap_floor", floor < 0 ? Double.NaN : floor);
      put(values, "gcs", grown(SampleColumn.GC_RUNS, before, to));
      put(values, "gc_ms", grown(SampleColumn.GC_NANOS, before, to) / 1e6);
      return new Samples(values);
    }

    private static void put(Map<String, Long> values, String name, double value) {
      if (!Double.isNaN(value)) {
        values.put(name, Math.round(value));
      }
    }

    private double mean(SampleColumn column, int from, int to) {
      double sum = 0;
      int known = 0;
      for (int i = from; i < to; i++) {
        double value = track.samples().value(column, i);
        sum += Double.isNaN(value) ? 0 : value;
        known += Double.isNaN(value) ? 0 : 1;
      }
      return known == 0 ? Double.NaN : sum / known;
    }

    private double highest(SampleColumn column, int from, int to) {
      double highest = Double.NaN;
      for (int i = from; i < to; i++) {
        double value = track.samples().value(column, i);
        highest = Double.isNaN(highest) || value > highest ? value : highest;
      }
      return highest;
    }

    private double last(SampleColumn column, int from, int to) {
      for (int i = to - 1; i >= from; i--) {
        if (!Double.isNaN(track.samples().value(column, i))) {
          return track.samples().value(column, i);
        }
      }
      return Double.NaN;
    }

    /** By how much a counter has grown since the minute before; not known of the first. */
    private double grown(SampleColumn column, int before, int to) {
      return before < 0
          ? Double.NaN
          : Math.max(0, track.samples().value(column, to - 1) - track.samples().value(column, before));
    }

    /** The last ledger of each minute. */
    private Map<Long, Weight> weights() {
      TreeMap<Long, Weighing> last = new TreeMap<>();
      track.weighings().forEach(weighing -> last.put(minute(weighing.epochMillis()), weighing));
      Map<Long, Weight> weights = new TreeMap<>();
      long before = Long.MIN_VALUE;
      for (Map.Entry<Long, Weighing> one : last.entrySet()) {
        Weighing ledger = one.getValue();
        long seconds = before == Long.MIN_VALUE ? MINUTE : Math.clamp(one.getKey() - before, 1, LONGEST_SPAN);
        weights.put(one.getKey(), new Weight(seconds, ledger.reason().code(), ledger.grossBytes(), ledger.netBytes(),
            ledger.unexplainedBytes(), ledger.accounts()));
        before = one.getKey();
      }
      return weights;
    }

    private void days(NavigableMap<Long, Row> minutes, List<Row> rows) {
      RecordedProcess process = track.process();
      Map<Long, Long> days = new TreeMap<>();
      minutes.keySet().forEach(minute -> days.merge(Math.floorDiv(minute, DAY), minute, Math::min));
      days.forEach((day, first) -> {
        long last = Objects.requireNonNull(minutes.lowerKey((day + 1) * DAY));
        rows.add(new Row.OfProcess(first, last, frame, process.label(), process.pid(),
            frame.who().label("runtime_version").orElse(""), frame.who().label("collector").orElse(""),
            frame.who().label("flags").orElse("")));
        if (frame.who().label("node").isPresent() && (frame.who().number("node_memory_bytes").isPresent()
            || frame.who().number("node_allocatable_bytes").isPresent())) {
          rows.add(new Row.OfNode(first, frame.who().label("cluster").orElse(""), frame.who().label("node").orElse(""),
              frame.who().number("node_memory_bytes"), frame.who().number("node_allocatable_bytes")));
        }
      });
    }

    private void events(List<Row> rows) {
      for (Mark mark : track.marks()) {
        rows.add(new Row.OfEvent(mark.at().getEpochSecond(), frame, "mark", OptionalLong.empty(), mark.label()));
      }
      track.ending().ifPresent(ending -> rows.add(new Row.OfEvent(ending.epochMillis() / 1000, frame,
          switch (ending.cause()) {
            case EXITED -> "exit";
            case SIGNALLED -> "signal";
            case OUT_OF_MEMORY -> "oom_kill";
            case VANISHED -> "vanished";
          }, OptionalLong.of(ending.code()), ending.words())));
    }

    private void verdict(NavigableMap<Long, Row> minutes, List<Row> rows) {
      if (minutes.isEmpty() || minutes.lastKey() - minutes.firstKey() < LEAST_TO_JUDGE.toSeconds()) {
        return;
      }
      LeakVerdict verdict = LeakJudge.judge(Timelines.of(track), LeakOptions.USUAL.resting(LEAST_TO_JUDGE));
      rows.add(new Row.OfVerdict(minutes.lastKey(), frame.who(), "leak", switch (verdict.answer()) {
        case LEAK -> "yes";
        case NO_LEAK -> "no";
        case CANNOT_TELL -> "cannot-tell";
      }, ""));
    }
  }

  static SourceRows ofCapture(Path file, Map<String, String> defaults) throws CaptureFileException {
    Capture capture = CaptureReader.open(file);
    Report report = Explanation.explain(capture);
    long t = report.takenAt().getEpochSecond();
    long pid = capture.target().pid();
    String node = defaults.getOrDefault("node", "");
    Identity who = new Identity(Identity.proc("node " + node, pid, capture.target().startTicks()), defaults);
    Frame frame = new Frame(who, report.target().runtime(),
        report.scales().group().map(Scales.Group::limitBytes).orElse(OptionalLong.empty()), OptionalLong.empty(),
        OptionalLong.empty());
    List<Row> rows = new ArrayList<>();
    Map<String, Long> samples = new LinkedHashMap<>(Map.of("rss", report.scales().rssBytes()));
    report.scales().group().map(Scales.Group::workingSetBytes).filter(OptionalLong::isPresent)
        .ifPresent(bytes -> samples.put("ws", bytes.getAsLong()));
    Optional<Weight> weight = report.ledger().map(ledger -> weight(ledger, report.net()));
    rows.add(new Row.OfLedger(t / MINUTE * MINUTE, MINUTE, frame, new Samples(samples), weight));
    rows.add(new Row.OfProcess(t / MINUTE * MINUTE, t / MINUTE * MINUTE, frame, report.target().name(), pid,
        report.target().version(), report.target().collector(), report.target().flags()));
    rows.add(new Row.OfEvent(t, frame, "capture", OptionalLong.empty(), String.valueOf(file.getFileName())));
    report.verdicts().forEach(verdict -> rows.add(verdict(t, who, verdict)));
    for (Remedy remedy : report.remedies()) {
      rows.add(new Row.OfRemedy(t, who, remedy.id().isEmpty() ? remedy.action() : remedy.id(),
          remedy.price().contains("restart"), remedy.expectedBytes()));
    }
    return new SourceRows(node + "/" + pid + "/" + capture.target().startTicks() + "/" + report.takenAt(), rows,
        List.of());
  }

  private static Weight weight(Ledger ledger, Optional<Net> net) {
    Map<String, Long> accounts = new LinkedHashMap<>();
    for (Account account : Account.values()) {
      long bytes = ledger.bytes(account);
      if (bytes > 0) {
        accounts.put(account.id(), bytes);
      }
    }
    return new Weight(MINUTE, CAPTURED, ledger.residentBytes(),
        net.stream().mapToLong(one -> one.bytes().mostBytes()).findFirst(), ledger.unexplainedBytes(), accounts);
  }

  private static Row verdict(long t, Identity who, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Yes yes ->
        new Row.OfVerdict(t, who, yes.rule(), "yes", yes.strength().name().toLowerCase(Locale.ROOT));
      case Verdict.No no -> new Row.OfVerdict(t, who, no.rule(), "no", "");
      case Verdict.CannotTell open -> new Row.OfVerdict(t, who, open.rule(), "cannot-tell", "");
    };
  }
}
