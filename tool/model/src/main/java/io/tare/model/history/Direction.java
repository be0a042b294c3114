package io.tare.model.history;

/** Where a series is going. */
public enum Direction {
  GROWING, STEADY, FALLING, UNKNOWN
}
