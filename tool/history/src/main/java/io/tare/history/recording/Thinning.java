package io.tare.history.recording;

import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.WeighingReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the older part of a recording become coarser. Of each stretch of time the reading with the highest RSS stays, and the one with the
 * lowest floor of the heap; of the ledgers that came in turn every tenth stretch keeps one. Marks, endings and every other word stay.
 */
public final class Thinning implements EntryVisitor.OfEntries {
  private static final int STRETCHES_PER_LEDGER = 10;

  private final Step step;
  private final long newestMillis;
  private final Collection<Entry> kept;
  private final Map<Integer, Stretch> stretches = new HashMap<>();
  private final Map<Integer, Long> lastLedger = new HashMap<>();

  /** How coarse: readings that are older than so much are thinned to stretches of so much. */
  public record Step(long olderThanMillis, long stretchMillis) {}

  /** From gentle to harsh: the first that makes the file small enough is taken. */
  public static final List<Step> STEPS = List.of(new Step(hours(1), seconds(10)), new Step(hours(1), seconds(60)),
      new Step(seconds(600), seconds(10)), new Step(seconds(600), seconds(60)), new Step(seconds(60), seconds(600)),
      new Step(0, hours(1)));

  private static final class Stretch {
    private final long number;
    private Sample highest;
    private Sample floor;

    Stretch(long number, Sample first) {
      this.number = number;
      highest = first;
      floor = first;
    }

    void add(Sample sample) {
      highest = sample.raw(SampleColumn.RSS) > highest.raw(SampleColumn.RSS) ? sample : highest;
      boolean lower = sample.has(SampleColumn.HEAP_FLOOR) && (!floor.has(SampleColumn.HEAP_FLOOR)
          || sample.raw(SampleColumn.HEAP_FLOOR) < floor.raw(SampleColumn.HEAP_FLOOR));
      floor = lower ? sample : floor;
    }

    List<Sample> kept() {
      if (highest.equals(floor) || !floor.has(SampleColumn.HEAP_FLOOR)) {
        return List.of(highest);
      }
      return highest.epochMillis() < floor.epochMillis() ? List.of(highest, floor) : List.of(floor, highest);
    }
  }

  /** @param kept is given what stays, as it comes */
  public Thinning(Step step, long newestMillis, Collection<Entry> kept) {
    this.step = step;
    this.newestMillis = newestMillis;
    this.kept = kept;
  }

  @Override
  public void entry(Entry entry) {
    boolean isOld = newestMillis - entry.epochMillis() > step.olderThanMillis();
    switch (entry) {
      case Entry.Sampled sampled when isOld -> old(sampled);
      case Entry.Weighed weighed when isOld && weighed.weighing().reason() == WeighingReason.TURN -> old(weighed);
      default -> {
        close(entry.target());
        kept.add(entry);
      }
    }
  }

  private void old(Entry.Sampled sampled) {
    long number = sampled.epochMillis() / step.stretchMillis();
    Stretch stretch = stretches.get(sampled.target());
    if (stretch != null && stretch.number == number) {
      stretch.add(sampled.sample());
      return;
    }
    close(sampled.target());
    stretches.put(sampled.target(), new Stretch(number, sampled.sample()));
  }

  private void old(Entry.Weighed weighed) {
    long number = weighed.epochMillis() / (step.stretchMillis() * STRETCHES_PER_LEDGER);
    Long last = lastLedger.put(weighed.target(), number);
    if (last == null || last != number) {
      kept.add(weighed);
    }
  }

  private void close(int target) {
    Stretch stretch = stretches.remove(target);
    if (stretch != null) {
      stretch.kept().forEach(sample -> kept.add(new Entry.Sampled(target, sample)));
    }
  }

  /** Gives what is still held: call it at the end. */
  public void finish() {
    new ArrayList<>(stretches.keySet()).forEach(this::close);
  }

  private static long seconds(long seconds) {
    return seconds * 1000;
  }

  private static long hours(long hours) {
    return seconds(hours * 3600);
  }
}
