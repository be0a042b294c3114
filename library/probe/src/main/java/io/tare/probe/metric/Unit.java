package io.tare.probe.metric;

/** What a metric's number counts. */
public enum Unit {
  BYTES, COUNT, NANOSECONDS, MILLISECONDS
}
