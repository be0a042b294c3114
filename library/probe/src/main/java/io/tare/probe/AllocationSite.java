package io.tare.probe;

import java.util.Locale;

/** A place in the code that allocates: what it makes, and its share of the sampled bytes, 0 to 1. */
public record AllocationSite(String className, String place, double share, int samples) {
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%3.0f %%  %s  at %s", share * 100, className, place);
  }
}
