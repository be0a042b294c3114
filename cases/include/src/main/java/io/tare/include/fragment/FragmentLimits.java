package io.tare.include.fragment;

/** The largest fragment that is taken, and how long one is fresh when its origin does not say. */
public record FragmentLimits(int mostBytes, Freshness usual) {
  public static final FragmentLimits USUAL = new FragmentLimits(1 << 20, new Freshness(300_000, 10_000, 60_000));
}
