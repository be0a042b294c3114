package io.tare.model.history;

/** What the values of a series count. A counter only grows while the process lives; a fact is a setting; the others are levels. */
public enum SeriesUnit {
  BYTES, COUNT, BYTES_COUNTER, COUNT_COUNTER, NANOS_COUNTER, FACT
}
