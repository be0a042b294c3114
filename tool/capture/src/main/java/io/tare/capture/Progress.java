package io.tare.capture;

/** Told of each step of a reading as it begins, in words. */
public interface Progress {
  Progress NONE = step -> {};

  void step(String what);
}
