package io.tare.history.recording;

import io.tare.model.history.Counting;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.Weighing;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One record of a recording. A target is a process, counted from 1; 0 stands for all. */
public sealed interface Entry {
  int ALL_TARGETS = 0;

  long epochMillis();

  int target();

  /** A recorder has begun, or has gone on with an older file. */
  record Opened(long epochMillis, String version, long intervalMillis) implements Entry {
    @Override
    public int target() {
      return ALL_TARGETS;
    }
  }

  /** From here on, this number stands for this process. */
  record Target(long epochMillis, int target, RecordedProcess process) implements Entry {}

  record Sampled(int target, Sample sample) implements Entry {
    @Override
    public long epochMillis() {
      return sample.epochMillis();
    }
  }

  record Weighed(int target, Weighing weighing) implements Entry {
    @Override
    public long epochMillis() {
      return weighing.epochMillis();
    }
  }

  /** Its objects were counted. */
  record Counted(int target, Counting counting) implements Entry {
    @Override
    public long epochMillis() {
      return counting.epochMillis();
    }
  }

  record Marked(int target, Mark mark) implements Entry {
    @Override
    public long epochMillis() {
      return mark.at().toEpochMilli();
    }
  }

  record Ended(int target, Ending ending) implements Entry {
    @Override
    public long epochMillis() {
      return ending.epochMillis();
    }
  }

  /** Something that a reader should know: a gap, a rotated file, a rate that was lowered. */
  record Noted(long epochMillis, String words) implements Entry {
    @Override
    public int target() {
      return ALL_TARGETS;
    }
  }

  /**
   * A recorder has ended in an orderly way.
   *
   * @param wallMillis how long it ran
   * @param processorMillis what it cost
   */
  record Closed(long epochMillis, long wallMillis, long processorMillis) implements Entry {
    @Override
    public int target() {
      return ALL_TARGETS;
    }
  }

  /** Whose the process is, as far as it is known by now: {@code service}, {@code pod}, {@code node} and others. It replaces what was said before. */
  record Labelled(long epochMillis, int target, Map<String, String> labels) implements Entry {
    public Labelled {
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
  }

  /** Is told of every record of a recording, in the order of the file. */
  public interface EntryVisitor {
    /** Samples come by themselves: a day has a million. {@code values} is used again for the next one. */
    void sample(int target, long epochMillis, long[] values);

    /** Every other entry. */
    void entry(Entry entry);

    /** For those who want every entry alike. */
    interface OfEntries extends EntryVisitor {
      @Override
      default void sample(int target, long epochMillis, long[] values) {
        entry(new Entry.Sampled(target, Sample.of(epochMillis, values)));
      }
    }
  }
}
