package io.tare.probe.leftovers;

/** Something that grew with every round and is no leak all the same, and why: softly held, or declared. */
public record Excused(Growth growth, String reason) {
  @Override
  public String toString() {
    return growth.what() + ": " + reason;
  }
}
