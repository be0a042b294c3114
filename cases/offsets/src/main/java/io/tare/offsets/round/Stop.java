package io.tare.offsets.round;

/** Tells the loops of a round to end. A loop that asks only now and then ends late. */
final class Stop {
  private volatile boolean asked;

  void now() {
    asked = true;
  }

  boolean isAsked() {
    return asked;
  }
}
