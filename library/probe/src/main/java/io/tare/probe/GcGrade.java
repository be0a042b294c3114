package io.tare.probe;

/** How much of the processor the GC may take. */
public enum GcGrade {
  EXCELLENT(0.01), GOOD(0.05), CONCERNING(0.10), BAD(Double.POSITIVE_INFINITY);

  private final double below;

  GcGrade(double below) {
    this.below = below;
  }

  /** The grade of a share from 0 to 1: under 1 % excellent, under 5 % good, up to 10 % concerning, above that bad. */
  public static GcGrade of(double share) {
    if (share > CONCERNING.below) {
      return BAD;
    }
    return share < EXCELLENT.below ? EXCELLENT : share < GOOD.below ? GOOD : CONCERNING;
  }
}
