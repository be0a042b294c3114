package io.tare.probe.allocation;

import java.util.Locale;
import java.util.OptionalDouble;

/** How many objects a call makes: exactly none, about so many by JFR's samples, or unknown; the note says which and why. */
public record AllocatedObjects(OptionalDouble perCall, boolean exact, String note) {
  static final AllocatedObjects NONE = new AllocatedObjects(OptionalDouble.of(0), true, "no byte was allocated");

  static AllocatedObjects unknown(String why) {
    return new AllocatedObjects(OptionalDouble.empty(), false, why);
  }

  static AllocatedObjects estimated(OptionalDouble objectsPerByte, double bytesPerCall) {
    return objectsPerByte.isEmpty()
        ? unknown("JFR sampled too little of it")
        : new AllocatedObjects(OptionalDouble.of(objectsPerByte.getAsDouble() * bytesPerCall), false, "sampled by JFR");
  }

  @Override
  public String toString() {
    return perCall.isEmpty()
        ? "objects per call cannot be told: " + note
        : String.format(Locale.ROOT, exact ? "%.0f objects per call (%s)" : "about %.2f objects per call (%s)",
            perCall.getAsDouble(), note);
  }
}
