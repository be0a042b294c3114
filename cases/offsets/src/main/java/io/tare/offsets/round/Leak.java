package io.tare.offsets.round;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a round can leave behind: the four leaks of a tracker's life, each as a switch. */
public enum Leak {
  /** The commit loop is told to stop and not waited for; it sleeps on for a minute, and holds its partition. */
  LOOPS("a commit loop for each instance, asleep, not awaited"),
  /** Commits move on, entries stay in the map. */
  ENTRIES("an entry in the map for each message that was done"),
  /** The timer that prints the progress is not cancelled: its thread and its task live for ever. */
  TIMERS("a timer and its thread for each instance"),
  /** What a round recorded is kept in a static list. */
  STATICS("the latencies of each round in a static list");

  private final String leftBehind;

  Leak(String leftBehind) {
    this.leftBehind = leftBehind;
  }

  public String leftBehind() {
    return leftBehind;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Leak> named(String label) {
    return Arrays.stream(values()).filter(leak -> leak.label().equals(label)).findFirst();
  }
}
