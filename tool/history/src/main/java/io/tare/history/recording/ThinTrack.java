package io.tare.history.recording;

import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of one process, kept for as long as it is watched: the more there is, the coarser it becomes, as a recording does. The
 * memory that it takes has an end.
 */
public final class ThinTrack {
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
    Optional<Ending> ending = Optional.empty();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Sampled sampled -> samples.add(sampled.epochMillis(), values(sampled.sample()));
        case Entry.Weighed weighed -> weighings.add(weighed.weighing());
        case Entry.Marked marked -> marks.add(marked.mark());
        case Entry.Ended ended -> ending = Optional.of(ended.ending());
        default -> {
          // Words about the recording are not about the process.
        }
      }
    }
    return new RecordedTrack(process, samples, weighings, marks, ending);
  }

  private static long[] values(Sample sample) {
    long[] values = Sample.noValues();
    for (SampleColumn column : SampleColumn.values()) {
      values[column.index()] = sample.raw(column);
    }
    return values;
  }
}
