package io.tare.probe;

/** What a metric's number counts. */
public enum Unit {
  BYTES, COUNT, NANOSECONDS, MILLISECONDS
}
