package io.tare.history.recording;

import io.tare.model.history.Sample;

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
