package io.tare.probe.leftovers;

/** Waits a moment; an interrupt ends the wait and stays visible to the caller's code. */
final class Pause {
  private Pause() {}

  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
