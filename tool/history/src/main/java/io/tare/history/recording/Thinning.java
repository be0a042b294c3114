package io.tare.history.recording;

import io.tare.history.recording.Entry.EntryVisitor;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Counting;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the older part of a recording become coarser. Of each stretch of time the reading with the highest RSS stays, and the one with the
 * lowest floor of the heap, and those that say what was traced in it; of the ledgers that came in turn and of the counts of objects every tenth stretch keeps one. Marks, endings and every other word stay.
 */
public final class Thinning implements EntryVisitor.OfEntries {
  private static final int STRETCHES_PER_LEDGER = 10;

  private final Step step;
  private final long newestMillis;
  private final Collection<Entry> kept;
  private final Map<Integer, Stretch> stretches = new HashMap<>();
  private final Map<Integer, Long> lastLedger = new HashMap<>();
  private final Map<Integer, Long> lastCounting = new HashMap<>();

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
      case Entry.Sampled sampled when isOld && !sampled.sample().has(SampleColumn.OLD_REACHED) -> old(sampled);
      case Entry.Weighed weighed when isOld && weighed.weighing().reason() == WeighingReason.TURN ->
        oncePerStretch(weighed, lastLedger);
      case Entry.Counted counted when isOld -> oncePerStretch(counted, lastCounting);
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

  private void oncePerStretch(Entry entry, Map<Integer, Long> lasts) {
    long number = entry.epochMillis() / (step.stretchMillis() * STRETCHES_PER_LEDGER);
    Long last = lasts.put(entry.target(), number);
    if (last == null || last != number) {
      kept.add(entry);
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

  /**
   * What was seen of one process, kept for as long as it is watched: the more there is, the coarser it becomes, as a recording does. The
   * memory that it takes has an end.
   */
  public static final class ThinTrack {
    private static final int MOST_ENTRIES = 4096;
    private static final long FIRST_STRETCH_MILLIS = 2_000;

    private final RecordedProcess process;
    private List<Entry> entries = new ArrayList<>();
    private int thinAt = MOST_ENTRIES;
    private long stretchMillis = FIRST_STRETCH_MILLIS;

    public ThinTrack(RecordedProcess process) {
      this.process = process;
    }

    public void add(Entry entry) {
      entries.add(entry);
      if (entries.size() >= thinAt) {
        thin();
        if (entries.size() > MOST_ENTRIES / 2) {
          stretchMillis *= 2;
          thin();
        }
        // Marks stay whatever happens: where there is little but these, trying again at each would be in vain.
        thinAt = Math.max(MOST_ENTRIES, entries.size() * 2);
      }
    }

    private void thin() {
      List<Entry> kept = new ArrayList<>();
      Thinning thinning = new Thinning(new Thinning.Step(0, stretchMillis), Long.MAX_VALUE, kept);
      entries.forEach(thinning::entry);
      thinning.finish();
      entries = kept;
    }

    public int size() {
      return entries.size();
    }

    public RecordedTrack track() {
      SampleTable samples = new SampleTable();
      List<Weighing> weighings = new ArrayList<>();
      List<Mark> marks = new ArrayList<>();
      List<Counting> countings = new ArrayList<>();
      Map<String, String> labels = Map.of();
      Optional<Ending> ending = Optional.empty();
      for (Entry entry : entries) {
        switch (entry) {
          case Entry.Sampled sampled -> samples.add(sampled.epochMillis(), values(sampled.sample()));
          case Entry.Weighed weighed -> weighings.add(weighed.weighing());
          case Entry.Counted counted -> countings.add(counted.counting());
          case Entry.Marked marked -> marks.add(marked.mark());
          case Entry.Ended ended -> ending = Optional.of(ended.ending());
          case Entry.Labelled labelled -> labels = labelled.labels();
          default -> {
            // Words about the recording are not about the process.
          }
        }
      }
      return new RecordedTrack(process, samples, weighings, marks, ending, countings, labels);
    }

    private static long[] values(Sample sample) {
      long[] values = Sample.noValues();
      for (SampleColumn column : SampleColumn.values()) {
        values[column.index()] = sample.raw(column);
      }
      return values;
    }
  }
}
