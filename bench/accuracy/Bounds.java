/** What the ledger promises, of a reading of so many resident bytes. */
record Bounds(long rssBytes, boolean asked) {
  private static final long SMALLEST_UNEXPLAINED = 256 << 10;
  private static final long SMALLEST_TOLERANCE = 512 << 10;
  private static final long OBSERVER_ASKED = 300 << 10;
  /** Passive reading causes nothing; a running JVM touches a few pages by itself in the meantime. */
  private static final long OBSERVER_PASSIVE = 64 << 10;

  long unexplained() {
    return Math.max(asked ? rssBytes / 1000 : rssBytes / 200, SMALLEST_UNEXPLAINED);
  }

  long inferred() {
    return rssBytes / 100;
  }

  long observer() {
    return asked ? OBSERVER_ASKED : OBSERVER_PASSIVE;
  }

  static long tolerance(long truth) {
    return Math.max(truth / 100, SMALLEST_TOLERANCE);
  }
}
