package io.tare.history.advice;

import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.Timelines;
import io.tare.ledger.words.Words;
import io.tare.model.history.Advice;
import io.tare.model.history.Advice.Setting;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.SampleColumn;
import io.tare.model.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many workers a server may have, from a recording of all of its processes. What they share is counted once, by their proportional set
 * sizes; one more is taken to weigh as much as the heaviest does, though part of that is shared with it.
 */
public final class Workers {
  private static final long MB = 1 << 20;
  private static final double ROOM = 1.05;
  private static final double LEAST_LOAD = 0.01;
  private static final int FEWEST = 2;
  private static final String BY_ENVIRONMENT = "WEB_CONCURRENCY=";

  private final RecordedTrack server;
  private final List<RecordedTrack> workers;
  private final List<RecordedTrack> others;
  private final Duration least;

  private Workers(List<RecordedTrack> family, Duration least) {
    this.least = least;
    List<RecordedTrack> byAge = family.stream()
        .sorted(Comparator.comparingLong((RecordedTrack one) -> one.process().startTicks())
            .thenComparingLong(one -> one.process().pid()))
        .toList();
    server = byAge.getFirst();
    Map<String, List<RecordedTrack>> alike = byAge.stream().skip(1).filter(this::lasted)
        .collect(Collectors.groupingBy(one -> one.process().label()));
    workers = alike.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
    String alikeLabel = workers.isEmpty() ? "" : workers.getFirst().process().label();
    others = byAge.stream().skip(1).filter(this::lasted)
        .filter(one -> !one.process().label().equals(alikeLabel)).toList();
  }

  /**
   * What so many of them need, and how many fit.
   *
   * @param family all processes of the recording
   * @param limit that they are to fit below, where one is given
   */
  public static Advice of(List<RecordedTrack> family, OptionalLong limit, Duration least) {
    return new Workers(family, least).advice(limit);
  }

  private Advice advice(OptionalLong limit) {
    Duration lasted = Duration.ofMillis(LoadFigures.of(server).millis());
    List<String> refusals = refusals();
    if (!refusals.isEmpty()) {
      return new Advice(server.process().words(), server.process().runtime(), lasted, List.of(), refusals, List.of());
    }
    long each = up((long) (most(workers) * ROOM) + kernel(workers));
    long fixed = up((long) ((share(server) + others.stream().mapToLong(Workers::share).sum()) * ROOM)
        + kernel(List.of(server)) + others.stream().mapToLong(one -> kernel(List.of(one))).sum());
    long fitting = limit.isPresent() ? Math.max(0, (limit.getAsLong() - fixed) / each) : workers.size();
    if (fitting == 0) {
      return new Advice(server.process().words(), server.process().runtime(), lasted, List.of(),
          List.of("below " + Words.bytes(limit.orElse(0)) + " not one worker fits: without any "
              + Words.bytes(fixed) + " are needed, and each takes " + Words.bytes(each)),
          List.of());
    }
    List<Setting> settings = new ArrayList<>();
    settings.add(new Setting(Advice.LIMIT, "container limit", fixed + fitting * each, "",
        "what is there without workers, and " + fitting + " of them", List.of(
            new Figure("without workers, at most", Words.bytes(share(server) + others.stream().mapToLong(Workers::share)
                .sum())),
            new Figure("the heaviest worker, its part of what is shared counted in", Words.bytes(most(workers))))));
    settings.add(new Setting(Advice.WORKER, "each worker more", each, "",
        "as much as the heaviest of " + workers.size() + ", a twentieth more, and the kernel's own", List.of()));
    settings.add(new Setting(Advice.WORKERS, "all workers", fitting * each, option(fitting),
        limit.isPresent() ? "as many as fit below " + Words.bytes(limit.getAsLong()) : "as many as were recorded",
        List.of(new Figure("recorded", workers.size() + " of " + workers.getFirst().process().label()))));
    return new Advice(server.process().words(), server.process().runtime(), lasted, settings, List.of(),
        risks(option(fitting)));
  }

  private List<String> refusals() {
    String who = server.process().words() + ": ";
    List<String> why = new ArrayList<>();
    if (workers.size() < FEWEST) {
      return List.of(who + "there are no two workers of one name that were there for half of the time, so what one more"
          + " would take is not known; record the server with all that it starts: tare record " + server.process().pid()
          + " --children -o load.tarerec");
    }
    LoadFigures load = LoadFigures.of(server);
    if (load.millis() < least.toMillis()) {
      why.add(who + "the recording lasts " + Words.age(load.millis()) + ", which shows no peak; record at least "
          + Words.age(least.toMillis()) + " under full load (--least takes less)");
    }
    if (Stream.concat(Stream.of(server), workers.stream()).anyMatch(one -> share(one) == 0)) {
      why.add(who + "the proportional set size was not read of all of them, so what they share can't be told; record"
          + " with rights to read them");
    }
    double busy = workers.stream().mapToDouble(one -> LoadFigures.of(one).processorShare()).sum();
    if (busy < LEAST_LOAD) {
      why.add(
          who + String.format(Locale.ROOT, "there was no load: the workers used %.1f %% of a processor; record them "
              + "while they work as they will in production", 100 * busy));
    }
    workers.stream().filter(one -> leak(one).answer() == LeakVerdict.Answer.LEAK).findFirst()
        .ifPresent(one -> why.add(one.process().words() + ": no number lasts, for it leaks: " + leak(one).summary()));
    return why;
  }

  private static LeakVerdict leak(RecordedTrack track) {
    return LeakJudge.judge(Timelines.of(track), LeakOptions.USUAL);
  }

  private static List<String> risks(String option) {
    List<String> risks = new ArrayList<>(List.of(
        "A load that was not recorded, such as a larger request or more users at once, is not covered.",
        "Whether a processor is left for one worker more is another question: this counts memory only.",
        "What workers share with the server becomes their own as they write to it: record until that has settled."));
    if (option.startsWith(BY_ENVIRONMENT)) {
      risks.add("A number of workers on the server's command line or in its settings overrules WEB_CONCURRENCY.");
    }
    return risks;
  }

  /** As the server takes it, where it is one that is known. */
  private String option(long count) {
    String label = (server.process().label() + " " + workers.getFirst().process().label()).toLowerCase(Locale.ROOT);
    if (label.contains("php-fpm")) {
      return "pm.max_children = " + count;
    }
    boolean byEnvironment = Stream.of("gunicorn", "uvicorn", "puma").anyMatch(label::contains);
    return byEnvironment ? BY_ENVIRONMENT + count : count + " workers";
  }

  /** What a server starts for a moment is no worker: one is there for half of the time at least. */
  private boolean lasted(RecordedTrack track) {
    return 2 * LoadFigures.of(track).millis() >= LoadFigures.of(server).millis();
  }

  private static long most(List<RecordedTrack> all) {
    return all.stream().mapToLong(Workers::share).max().orElse(0);
  }

  private static long share(RecordedTrack track) {
    return Math.max(0, highest(track, SampleColumn.PSS));
  }

  private static long kernel(List<RecordedTrack> all) {
    return all.stream().mapToLong(one -> LoadFigures.of(one).kernelBytes()).max().orElse(0);
  }

  /** Zero where it was never read. */
  private static long highest(RecordedTrack track, SampleColumn column) {
    return (long) IntStream.range(0, track.samples().size()).mapToDouble(row -> track.samples().value(column, row))
        .filter(Double::isFinite).max().orElse(0);
  }

  private static long up(long bytes) {
    return (bytes + MB - 1) / MB * MB;
  }
}
