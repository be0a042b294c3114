package io.tare.fleet.agent;

import io.tare.history.live.Clocks;
import io.tare.history.live.EntrySink;
import io.tare.history.live.LedgerTurns;
import io.tare.history.live.TargetWatch;
import io.tare.history.recording.Entry;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One recorded process: whose it is, its segment of this hour, and what was read of it last. */
final class Track implements EntrySink {
  /** Each segment holds one process. */
  static final int NUMBER = 1;

  private final LedgerTurns turns;
  private final GroupNames groups;
  private final AgentNumbers numbers;
  private RecordedProcess process;
  private Map<String, String> labels;
  private Segment segment;
  private long period;
  private boolean renamed;
  private long openedMillis;
  private long usedBeforeMillis;
  private @Nullable TargetWatch watch;
  private Optional<Sample> sample = Optional.empty();
  private Optional<Weighing> ledger = Optional.empty();

  Track(RecordedProcess process, GroupNames groups, Map<String, String> labels, LedgerTurns turns, Segment segment,
      long period, AgentNumbers numbers) {
    this.process = process;
    this.groups = groups;
    this.labels = labels;
    this.turns = turns;
    this.segment = segment;
    this.period = period;
    this.numbers = numbers;
  }

  @Override
  public void accept(Entry entry) {
    segment.accept(entry);
    switch (entry) {
      case Entry.Opened opened -> opened(opened);
      case Entry.Target target -> {
        renamed |= !process.label().equals(target.process().label());
        process = target.process();
      }
      case Entry.Sampled sampled -> {
        sample = Optional.of(sampled.sample());
        numbers.samples.incrementAndGet();
      }
      case Entry.Weighed weighed -> {
        ledger = Optional.of(weighed.weighing());
        numbers.ledgers.incrementAndGet();
      }
      default -> {
        // What else is said matters to the file alone.
      }
    }
  }

  private void opened(Entry.Opened opened) {
    openedMillis = opened.epochMillis();
    usedBeforeMillis = Clocks.processMillis();
  }

  @Override
  public void flush() {
    segment.flush();
  }

  void watchedBy(TargetWatch theWatch) {
    watch = theWatch;
  }

  TargetWatch watch() {
    if (watch == null) {
      throw new IllegalStateException(process.words() + " is not watched yet");
    }
    return watch;
  }

  /** Goes on in that segment, which says again who is recorded. */
  void goOnIn(Segment next, long itsPeriod, Entry.Opened opened) {
    segment = next;
    period = itsPeriod;
    accept(opened);
    segment.accept(new Entry.Target(opened.epochMillis(), NUMBER, process));
    segment.accept(new Entry.Labelled(opened.epochMillis(), NUMBER, labels));
  }

  /** Says whose the process is, when that has become known better. */
  void label(Map<String, String> now, long epochMillis) {
    if (!now.equals(labels)) {
      labels = now;
      segment.accept(new Entry.Labelled(epochMillis, NUMBER, now));
    }
  }

  void note(long epochMillis, String sentence) {
    segment.accept(new Entry.Noted(epochMillis, sentence));
  }

  Segment segment() {
    return segment;
  }

  /** The number of its segment's stretch of time. */
  long period() {
    return period;
  }

  /** When this agent began to write its segment. */
  long openedMillis() {
    return openedMillis;
  }

  /** The processor time that the agent had used by then. */
  long usedBeforeMillis() {
    return usedBeforeMillis;
  }

  /** Whether it has become another program since this was asked last. */
  boolean takeRenamed() {
    boolean was = renamed;
    renamed = false;
    return was;
  }

  LedgerTurns turns() {
    return turns;
  }

  GroupNames groups() {
    return groups;
  }

  RecordedProcess process() {
    return process;
  }

  Map<String, String> labels() {
    return labels;
  }

  String service() {
    return labels.getOrDefault("service", process.label());
  }

  /** Resident bytes at the last reading; {@link Sample#UNKNOWN} before the first. */
  long rssBytes() {
    return sample.map(read -> read.raw(SampleColumn.RSS)).orElse(Sample.UNKNOWN);
  }

  Optional<Weighing> ledger() {
    return ledger;
  }
}
