package io.tare.kit;

/** How the values of one depot are made, weighed and cleaned. */
interface Care<T> {
  T make();

  long weight();

  /** Puts a value into the state of a new one; a value whose reset throws is dropped. */
  void reset(T value);

  /** Debug mode: makes a given back value recognizable. */
  default void poison(T value) {}

  /** Debug mode: whether a poisoned value is as it was left. */
  default boolean untouched(T value) {
    return true;
  }
}
