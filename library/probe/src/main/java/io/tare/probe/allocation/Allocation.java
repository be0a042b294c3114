package io.tare.probe.allocation;

/** What a block allocated in one run. When {@code exact} is false, {@code note} says what else may be in the number or is not. */
public record Allocation(long bytes, boolean exact, String note) {

  static Allocation exactly(long bytes) {
    return new Allocation(bytes, true, "");
  }

  @Override
  public String toString() {
    return exact ? bytes + " B" : "about " + bytes + " B (" + note + ")";
  }
}
